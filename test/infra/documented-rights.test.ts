import { beforeAll, describe, expect, it } from 'vitest'
import { names } from '../../common/names.ts'
import { arnsOf } from '../../infra/arns.ts'
import { deployerRights } from '../../infra/deployer-rights.ts'
import { type Right, rights } from '../../infra/rights.ts'
import { deployerStackOf } from '../../infra/stages.ts'
import { openEnds, unrestrictable } from '../../infra/wildcards.ts'
import { read, section, spansOf, tableOf } from '../support/documents.ts'
import { place, type Synthesised, synthesised } from '../support/synthesised.ts'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

describe('rights', () => {
  const known = names('prod')
  const arns = arnsOf(known, place)
  const secret = (name: string) => `arn:aws:secretsmanager:${place.region}:${place.account}:secret:${name}-AbCdEf`
  const { api, updater, beforeTraffic, ...bot } = rights(known, arns, {
    slack: secret(known.slackSecret),
    mailKey: `arn:aws:kms:${place.region}:${place.account}:key/mail`,
    upstream: secret(known.upstreamSecret),
  })
  const held: [string, Right[]][] = [
    [known.functions.api, api],
    [known.functions.updater, updater],
    [known.beforeTraffic, beforeTraffic],
    ...Object.entries(bot).map(([name, each]): [string, Right[]] => [known.bot[name as keyof typeof known.bot], each]),
    [deployerStackOf('prod'), deployerRights(known, arns, arns)],
  ]
  /** What an ARN ends in, without the letters that AWS draws. */
  const ending = (arn: string) =>
    arn
      .split(':')
      .slice(arn.startsWith('arn:') ? 5 : 0)
      .join(':')
      .replace(/-AbCdEf$/, '')

  it.each(held)('of %s are told as they are', (name, all) => {
    const told = tableOf(section(read('docs/deploy.md'), `### \`${name}\``), 'may').map(([may = '', on = '', why]) => ({
      may: spansOf(may),
      on: spansOf(on),
      why,
    }))
    expect(told).toEqual(all.map(({ actions, on, why }) => ({ may: [...actions], on: on.map(ending), why })))
  })

  it('every Lambda has its table', () => {
    const functions = made.resources('prod', 'AWS::Lambda::Function').map(({ properties }) => properties.FunctionName)
    expect([...functions, 'crypto-watch-deployer'].toSorted()).toEqual(held.map(([name]) => name).toSorted())
  })

  it('every wildcard has the reason of the list', () => {
    const told = tableOf(section(read('docs/deploy.md'), '### Wildcards'), 'where')
    expect(told.slice(0, Object.keys(unrestrictable).length)).toEqual(
      Object.entries(unrestrictable).map(([action, reason]) => [`\`${action}\` on \`*\``, reason]),
    )
    const others = told.slice(Object.keys(unrestrictable).length).map(([, reason]) => reason)
    expect(others).toEqual(openEnds.map(({ reason }) => reason))
  })
})
