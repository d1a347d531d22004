// Loaded before a program (`node --import`): says at its end, on the standard error, how much memory it took at most.
import { writeSync } from 'node:fs'

process.on('exit', () => writeSync(2, `\npeak ${process.resourceUsage().maxRSS}\n`))
