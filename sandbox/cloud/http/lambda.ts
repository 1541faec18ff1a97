import { createHash } from 'node:crypto'
import { z } from 'zod'
import { liveAlias } from '../../../common/names.ts'
import { AwsError } from '../aws-error.ts'
import type { Alias, Functions, Version } from '../functions.ts'
import { account, arnOf } from '../place.ts'
import type { Answer } from './answer.ts'
import { codeSize, createConcurrencyApi } from './lambda-concurrency.ts'
import { invalid, parse } from './lambda-input.ts'
import { page } from './operation.ts'

/** A request to Lambda's REST interface, taken apart. */
export interface LambdaRequest {
  operation: string
  /** Empty for one that is about no function. */
  name: string
  /** The alias' or version's name, from the path or the query. */
  qualifier: string | undefined
  query: URLSearchParams
  headers: Readonly<Record<string, string | undefined>>
  body: unknown
}

const routes: readonly { method: string; path: RegExp; operation: string }[] = [
  { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/, operation: 'GetAlias' },
  { method: 'PUT', path: /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/, operation: 'UpdateAlias' },
  { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)\/aliases$/, operation: 'ListAliases' },
  { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)\/versions$/, operation: 'ListVersionsByFunction' },
  { method: 'POST', path: /^\/2015-03-31\/functions\/([^/]+)\/versions$/, operation: 'PublishVersion' },
  { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, operation: 'GetFunctionConfiguration' },
  { method: 'POST', path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, operation: 'Invoke' },
  { method: 'DELETE', path: /^\/2015-03-31\/functions\/([^/]+)$/, operation: 'DeleteFunction' },
  { method: 'GET', path: /^\/2019-09-30\/functions\/([^/]+)\/concurrency$/, operation: 'GetFunctionConcurrency' },
  { method: 'PUT', path: /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/, operation: 'PutFunctionConcurrency' },
  { method: 'DELETE', path: /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/, operation: 'DeleteFunctionConcurrency' },
  { method: 'GET', path: /^\/2016-08-19\/account-settings\/?$/, operation: 'GetAccountSettings' },
]

export const isLambdaPath = (path: string): boolean => /^\/20\d\d-\d\d-\d\d\/(functions\/|account-settings)/.test(path)

/** Finds the operation of a request; a function may be named by its ARN. */
export function readLambdaRequest(
  method: string,
  url: URL,
  headers: LambdaRequest['headers'],
  body: unknown,
): LambdaRequest {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(url.pathname) : null
    if (match === null) continue
    const named = /^(?:arn:.*:function:)?([^:]+)(?::(.+))?$/.exec(decodeURIComponent(match[1] ?? ''))
    const qualifier = match[2] ?? url.searchParams.get('Qualifier') ?? named?.[2]
    const name = named?.[1] ?? ''
    return { operation: route.operation, name, qualifier, query: url.searchParams, headers, body }
  }
  throw new AwsError('UnknownOperationException', `The simulated Lambda has no ${method} ${url.pathname}.`, 404)
}

const UpdateAlias = z.strictObject({
  FunctionVersion: z.string().optional(),
  Description: z.string().optional(),
  RoutingConfig: z.strictObject({ AdditionalVersionWeights: z.record(z.string(), z.number()).optional() }).optional(),
  RevisionId: z.string().optional(),
})
const PublishVersion = z.strictObject({
  CodeSha256: z.string().optional(),
  Description: z.string().max(256).optional(),
})

const aliasConfiguration = (name: string, alias: Alias) => ({
  AliasArn: arnOf.function(name, liveAlias),
  Name: liveAlias,
  FunctionVersion: alias.version,
  Description: alias.description,
  ...(Object.keys(alias.weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: alias.weights } }),
  RevisionId: alias.revisionId,
})

/** What is told of a version. */
type Told = Pick<Version, 'version' | 'description' | 'createdAt' | 'codeSha'>

/** Lambda as its clients see it. */
export function createLambdaApi(functions: Functions) {
  const concurrency = createConcurrencyApi(functions)

  function configuration(name: string, version: Told, shown = version.version) {
    const { timeoutSeconds, memoryMb } = functions.settings(name)
    const revision = createHash('sha256').update(`${name}:${version.version}`).digest('hex')
    return {
      FunctionName: name,
      FunctionArn: arnOf.function(name, shown === '$LATEST' ? undefined : shown),
      Runtime: 'nodejs24.x',
      Role: `arn:aws:iam::${account}:role/${name}`,
      Handler: 'index.handler',
      CodeSize: codeSize,
      Description: version.description,
      Timeout: timeoutSeconds,
      MemorySize: memoryMb,
      LastModified: version.createdAt.replace('Z', '+0000'),
      CodeSha256: version.codeSha,
      Version: shown === '$LATEST' ? '$LATEST' : version.version,
      RevisionId: revision.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5'),
      State: 'Active',
      LastUpdateStatus: 'Successful',
      PackageType: 'Zip',
      Architectures: ['arm64'],
    }
  }

  function configurationAt(name: string, qualifier: string | undefined) {
    if (qualifier === undefined || qualifier === '$LATEST')
      return configuration(name, { version: '$LATEST', description: '', ...functions.latest(name) }, '$LATEST')
    const version = qualifier === liveAlias ? functions.alias(name).version : qualifier
    return configuration(name, functions.version(name, version), qualifier)
  }

  function checkAlias(name: string, qualifier: string | undefined): void {
    functions.settings(name)
    const arn = arnOf.function(name, qualifier)
    if (qualifier !== liveAlias)
      throw new AwsError('ResourceNotFoundException', `Cannot find alias arn: ${arn}`, 404, { Type: 'User' })
  }

  function publish(name: string, body: unknown): Answer {
    const { CodeSha256, Description = '' } = parse(PublishVersion, body ?? {})
    const { codeSha } = functions.latest(name)
    if (CodeSha256 !== undefined && CodeSha256 !== codeSha)
      throw invalid(
        `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${codeSha}). Please try again with the CodeSHA256 in $LATEST.`,
      )
    return { status: 201, body: configuration(name, functions.publishLatest(name, Description)) }
  }

  /** One page of a list, by the size and marker that were asked for. */
  function listed(query: URLSearchParams, key: string, all: readonly object[]): Answer {
    const size = Math.min(Number(query.get('MaxItems') ?? 50), 50)
    if (!Number.isInteger(size) || size < 1) throw invalid('MaxItems must be a whole number from 1.')
    const { items, next } = page(all, size, query.get('Marker') ?? undefined)
    return { status: 200, body: { [key]: items, ...(next !== undefined && { NextMarker: next }) } }
  }

  async function invoke({ name, qualifier, headers, body }: LambdaRequest): Promise<Answer> {
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse'
    if (type !== 'RequestResponse') throw invalid(`The simulated Lambda has no invocation type ${type}.`)
    if ((headers['x-amz-log-type'] ?? 'None') !== 'None') throw invalid('The simulated Lambda keeps no log tail.')
    const outcome = await functions.invoke(name, qualifier ?? '$LATEST', body)
    return {
      status: 200,
      body: outcome.ok ? (outcome.payload ?? null) : outcome.failure,
      headers: {
        'x-amz-executed-version': outcome.executedVersion,
        ...(!outcome.ok && { 'x-amz-function-error': 'Unhandled' }),
      },
    }
  }

  return async (request: LambdaRequest): Promise<Answer> => {
    const { operation, name, qualifier, query, body } = request
    switch (operation) {
      case 'GetAlias':
        checkAlias(name, qualifier)
        return { status: 200, body: aliasConfiguration(name, functions.alias(name)) }
      case 'UpdateAlias': {
        checkAlias(name, qualifier)
        const change = parse(UpdateAlias, body)
        const alias = functions.updateAlias(
          name,
          {
            version: change.FunctionVersion,
            description: change.Description,
            weights: change.RoutingConfig && (change.RoutingConfig.AdditionalVersionWeights ?? {}),
            by: 'a client',
          },
          change.RevisionId,
        )
        return { status: 200, body: aliasConfiguration(name, alias) }
      }
      case 'ListAliases': {
        const pointsAt = query.get('FunctionVersion')
        const alias = functions.aliasIfAny(name)
        const isMeant = alias !== undefined && (pointsAt === null || pointsAt === alias.version)
        return listed(query, 'Aliases', isMeant ? [aliasConfiguration(name, alias)] : [])
      }
      case 'ListVersionsByFunction': {
        const versions = functions.versions(name).map((each) => configuration(name, each))
        return listed(query, 'Versions', [configurationAt(name, undefined), ...versions])
      }
      case 'PublishVersion':
        return publish(name, body)
      case 'GetFunctionConfiguration':
        return { status: 200, body: configurationAt(name, qualifier) }
      case 'Invoke':
        return invoke(request)
      case 'DeleteFunction':
        if (qualifier === undefined) throw invalid('The simulated Lambda deletes versions, not whole functions.')
        functions.deleteVersion(name, qualifier)
        return { status: 204 }
      case 'GetFunctionConcurrency':
      case 'PutFunctionConcurrency':
      case 'DeleteFunctionConcurrency':
      case 'GetAccountSettings':
        return concurrency[operation](name, body)
      default:
        throw new AwsError('UnknownOperationException', `The simulated Lambda has no ${operation}.`, 404)
    }
  }
}
