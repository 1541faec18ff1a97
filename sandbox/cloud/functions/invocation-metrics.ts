import type { Metrics } from '../metrics.ts'

/** Records a call the way AWS/Lambda does: for the function, and for the alias and the version it went through. */
export function recordCall(
  metrics: Metrics,
  call: { name: string; alias?: string | undefined; version: string; at: Date },
  values: Readonly<Record<string, number>>,
): void {
  const { name, alias, version, at } = call
  for (const dimensions of dimensionSets(name, alias, version))
    for (const [metric, value] of Object.entries(values))
      metrics.put({ namespace: 'AWS/Lambda', name: metric, dimensions, value, at })
}

type Dimensions = Readonly<Record<string, string>>
const known = new Map<string, readonly Dimensions[]>()

function dimensionSets(FunctionName: string, alias: string | undefined, version: string): readonly Dimensions[] {
  const key = `${FunctionName} ${alias} ${version}`
  const Resource = `${FunctionName}:${alias}`
  const sets = known.get(key) ?? [
    { FunctionName },
    ...(alias === undefined
      ? []
      : [
          { FunctionName, Resource },
          { FunctionName, Resource, ExecutedVersion: version },
        ]),
  ]
  known.set(key, sets)
  return sets
}
