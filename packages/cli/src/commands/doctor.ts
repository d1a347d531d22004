import { cpus, totalmem } from 'node:os'
import { availableEngines } from '@broadsheet/ocr'
import type { Command } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { plain } from '../plain.ts'
import { ownVersion, print } from '../terminal.ts'

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('what is installed, which engines and languages work here, what to do where not')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet doctor\n  broadsheet doctor --json\n\nExit code: 0 where at least one engine works, else 3.'
    )
    .action(perform)
}

async function perform(options: { json?: boolean }): Promise<void> {
  const engines = await availableEngines()
  const machine = {
    broadsheet: ownVersion(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30)
  }
  if (options.json) await print(`${JSON.stringify({ ...machine, engines }, null, 2)}\n`)
  else
    await print(
      `broadsheet ${machine.broadsheet}, Node ${machine.node}, ${machine.platform}, ${machine.cores} cores, ${machine.memoryGb} GB\n\n${engines
        .map((engine) =>
          engine.ok
            ? `works    ${engine.name} ${engine.version}  ${engine.languages.join(' ')}  ${engine.msPerLine === undefined ? '' : `${engine.msPerLine.toFixed(0)} ms a line`}\n`
            : `missing  ${engine.name}: ${plain(engine.problem ?? '')}\n`
        )
        .join('')}${slowRuntime(engines)}${whomToAsk}`
    )
  if (!engines.some((engine) => engine.ok)) process.exitCode = exitCodes.missingDependency
}

const whomToAsk =
  '\nNo language model is asked about damaged places unless you name one: --ask http://127.0.0.1:PORT/v1 (docs/config.md).\n'

/** The native runtime reads ten times as fast; its installer gives up where it cannot look for CUDA on the network. */
function slowRuntime(engines: Awaited<ReturnType<typeof availableEngines>>): string {
  if (!engines.some((engine) => engine.ok && engine.version.includes('onnxruntime-web'))) return ''
  return '\npaddle runs on WebAssembly. The native runtime is much faster: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node\n'
}
