import type { Command } from 'commander'
import { runVectors, type ModelOutcome } from '../../models/vectors/run-vector.js'
import { readVectorFile } from '../../models/vectors/vector-file.js'
import { readConfiguration } from '../../platform/configuration.js'

export function addVectorsCommand(model: Command): void {
  model
    .command('vectors')
    .description('run every published test vector and print the worst error of each model')
    .option('--file <path>', 'vector file (default: MODEL_VECTORS, or the one that comes along)')
    .option('--json', 'everything that was found, as JSON')
    .action(({ file, json }: { file?: string; json?: true }) => {
      const vectors = readVectorFile(file ?? readConfiguration().configuration.modelVectors)
      const outcomes: ModelOutcome[] = []
      for (const outcome of runVectors(vectors)) {
        outcomes.push(outcome)
        if (!json) process.stdout.write(linesOf(outcome))
      }
      process.stdout.write(json ? `${JSON.stringify(outcomes, null, 2)}\n` : summaryOf(outcomes))
      if (outcomes.some((outcome) => failuresOf(outcome).length > 0)) process.exitCode = 1
    })
}

const failuresOf = ({ vectors }: ModelOutcome) => vectors.filter(({ mismatches }) => mismatches.length > 0)

function linesOf(outcome: ModelOutcome): string {
  const { model, vectors, worst } = outcome
  const failures = failuresOf(outcome)
  const error = worst
    ? `worst error ${worst.error.toExponential(1)} ${worst.measure} of ${worst.tolerance} (${worst.vector} ${worst.output})`
    : 'no numbers'
  const lines = [`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${model}: ${vectors.length} vectors, ${error}`]
  for (const { vector, mismatches } of failures)
    for (const { output, expected, actual } of mismatches)
      lines.push(`     ${vector} ${output}: ${JSON.stringify(actual)} and not ${JSON.stringify(expected)}`)
  return `${lines.join('\n')}\n`
}

function summaryOf(outcomes: readonly ModelOutcome[]): string {
  const vectors = outcomes.flatMap((outcome) => outcome.vectors)
  const failed = outcomes.flatMap(failuresOf)
  return `${outcomes.length} models, ${vectors.length} vectors, ${failed.length} failed\n`
}
