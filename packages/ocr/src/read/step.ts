import type { ProcessingStep } from '@broadsheet/document'

/** How a page came from a file of existing OCR. */
export function readingStep(format: string, settings: Readonly<Record<string, string | number | boolean>> = {}): ProcessingStep {
  return { id: 'read', category: 'contentGeneration', software: '@broadsheet/ocr', version: '0.1.0', settings: { format, ...settings } }
}
