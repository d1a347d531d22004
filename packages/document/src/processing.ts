/** What was done to a page, by what, with which settings (ALTO `Processing`, PAGE-XML `MetadataItem processingStep`). */
export interface ProcessingStep {
  /** Unique within the page: `deskew`, `read`, … */
  readonly id: string
  readonly category: 'preOperation' | 'contentGeneration' | 'contentModification' | 'postOperation'
  readonly software: string
  readonly version: string
  /** Everything needed to do it again; numbers with their units in the name (`angleDegrees`). JSON values only. */
  readonly settings: Readonly<Record<string, string | number | boolean>>
}
