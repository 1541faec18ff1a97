import type { Metrics } from '../metrics.ts'

/** Records a call the way AWS/Lambda does: for the function, and for the alias and the version it went through. */
export function recordCall(
  metrics: Metrics,
  call: { name: string; alias?: string | undefined; version: string; at: Date },
  values: Readonly<Record<string, number>>,
): void {
  const { name, alias, version, at } = call
  const sets: Readonly<Record<string, string>>[] = [{ FunctionName: name }]
  if (alias !== undefined) {
    const Resource = `${name}:${alias}`
    sets.push({ FunctionName: name, Resource }, { FunctionName: name, Resource, ExecutedVersion: version })
  }
  for (const dimensions of sets)
    for (const [metric, value] of Object.entries(values))
      metrics.put({ namespace: 'AWS/Lambda', name: metric, dimensions, value, at })
}
