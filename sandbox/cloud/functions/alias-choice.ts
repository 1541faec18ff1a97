import { AwsError } from '../aws-error.ts'
import type { Alias } from './version.ts'

/** Picks the version for a number from 0 to 1: each additional version has its share, the main version the rest. */
export function pickVersion(alias: Alias, draw: number): string {
  let left = draw
  for (const [version, weight] of Object.entries(alias.weights)) {
    if (left < weight) return version
    left -= weight
  }
  return alias.version
}

/** Refuses an alias that Lambda would refuse. */
export function checkAlias(
  alias: Pick<Alias, 'version' | 'weights'>,
  exists: (version: string) => boolean,
  arn: string,
) {
  const extra = Object.entries(alias.weights)
  for (const version of [alias.version, ...extra.map(([name]) => name)])
    if (!exists(version))
      throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}:${version}`, 404, { Type: 'User' })
  const invalid = (text: string) => new AwsError('InvalidParameterValueException', text, 400, { Type: 'User' })
  if (extra.length > 1) throw invalid('An alias can point to a maximum of two Lambda function versions.')
  for (const [version, weight] of extra) {
    if (version === alias.version)
      throw invalid(`Additional version ${version} must differ from the alias's function version.`)
    if (!(weight >= 0 && weight <= 1))
      throw invalid(`Weight ${weight} of version ${version} must lie between 0.0 and 1.0.`)
    if (version === '$LATEST' || alias.version === '$LATEST')
      throw invalid('$LATEST is not supported for an alias pointing to more than 1 version.')
  }
}
