import {
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  PublishVersionCommand,
  paginateListAliases,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda'
import { liveAlias } from '../../common/names.ts'

/** Where an alias points: one version, or a second one with a share of the traffic. */
export interface AliasState {
  version: string
  weights: Readonly<Record<string, number>>
}

/** The code behind a version or `$LATEST`, and whether Lambda is done with it. */
export interface Code {
  sha: string
  state: 'ready' | 'updating' | 'failed'
  why?: string
}

/** Lambda as the release sees it. */
export interface Functions {
  code(name: string, qualifier: string): Promise<Code>
  live(name: string): Promise<AliasState>
  aliases(name: string): Promise<AliasState[]>
  /** Publishes `$LATEST` if it still is the code with this hash. Unchanged code answers with the version that it has. */
  publish(name: string, wanted: { sha: string; description: string }): Promise<{ version: string } | 'code-changed'>
  /** The numbers of all published versions. */
  published(name: string): Promise<string[]>
  /** Deletes one version; expected outcomes besides are that it is gone already, or that an alias names it. */
  remove(name: string, version: string): Promise<'removed' | 'gone' | 'in-use'>
}

interface Configuration {
  CodeSha256?: string | undefined
  State?: string | undefined
  LastUpdateStatus?: string | undefined
  LastUpdateStatusReason?: string | undefined
  StateReason?: string | undefined
}

function codeOf(answer: Configuration): Code {
  const { CodeSha256, State, LastUpdateStatus, LastUpdateStatusReason, StateReason } = answer
  if (CodeSha256 === undefined) throw new Error('Lambda described a function without the hash of its code')
  const why = LastUpdateStatusReason ?? StateReason
  const isFailed = LastUpdateStatus === 'Failed' || State === 'Failed'
  const isUpdating = LastUpdateStatus === 'InProgress' || State === 'Pending'
  return {
    sha: CodeSha256,
    state: isFailed ? 'failed' : isUpdating ? 'updating' : 'ready',
    ...(why !== undefined && { why }),
  }
}

interface Alias {
  FunctionVersion?: string | undefined
  RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> | undefined } | undefined
}

function aliasOf({ FunctionVersion, RoutingConfig }: Alias): AliasState {
  if (FunctionVersion === undefined) throw new Error('Lambda described an alias without its version')
  return { version: FunctionVersion, weights: { ...RoutingConfig?.AdditionalVersionWeights } }
}

const isNamed = (error: unknown, name: string): error is Error => error instanceof Error && error.name === name

const publishedVersion = /^[1-9]\d*$/

export function createFunctions(client: LambdaClient): Functions {
  return {
    code: async (name, qualifier) =>
      codeOf(await client.send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: qualifier }))),
    live: async (name) => aliasOf(await client.send(new GetAliasCommand({ FunctionName: name, Name: liveAlias }))),
    aliases: async (name) => {
      const aliases: AliasState[] = []
      for await (const { Aliases = [] } of paginateListAliases({ client }, { FunctionName: name }))
        aliases.push(...Aliases.map(aliasOf))
      return aliases
    },
    publish: async (name, { sha, description }) => {
      try {
        const { Version } = await client.send(
          new PublishVersionCommand({ FunctionName: name, CodeSha256: sha, Description: description }),
        )
        if (Version === undefined) throw new Error('Lambda published a version without a number')
        return { version: Version }
      } catch (error) {
        // Lambda has no error of its own for this.
        if (isNamed(error, 'InvalidParameterValueException') && /CodeSha256/i.test(error.message)) return 'code-changed'
        throw error
      }
    },
    published: async (name) => {
      const found: string[] = []
      for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName: name }))
        for (const { Version = '' } of Versions) if (publishedVersion.test(Version)) found.push(Version)
      return found
    },
    remove: async (name, version) => {
      // Without a version Lambda would delete the whole function, and with `$LATEST` what the next release publishes.
      if (!publishedVersion.test(version)) throw new Error(`"${version}" of ${name} is no published version.`)
      try {
        await client.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: version }))
        return 'removed'
      } catch (error) {
        if (isNamed(error, 'ResourceNotFoundException')) return 'gone'
        if (isNamed(error, 'ResourceConflictException')) return 'in-use'
        throw error
      }
    },
  }
}
