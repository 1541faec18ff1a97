import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import { liveAlias } from '../../common/names.ts'
import { moment } from '../../common/time.ts'
import { type AliasState, parseDescription, type Version } from '../incident/evidence.ts'

/** Lambda functions as the bot sees them: the alias `live`, its versions, and one call to prove that it answers. */
export interface Functions {
  alias(name: string, abortSignal?: AbortSignal): Promise<AliasState>
  /** Newest first. */
  versions(name: string, abortSignal?: AbortSignal): Promise<Version[]>
  hasVersion(name: string, version: string): Promise<boolean>
  /** All traffic to `version`, on condition that the alias is still at `revisionId`. */
  moveAlias(name: string, version: string, revisionId: string): Promise<AliasState>
  /** Calls the alias with an event; the payload of the answer, or what the function died of. */
  invoke(name: string, event: unknown): Promise<{ payload: unknown; error?: string }>
}

interface AliasAnswer {
  FunctionVersion?: string | undefined
  RevisionId?: string | undefined
  RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> | undefined } | undefined
}

const aliasState = (answer: AliasAnswer): AliasState => {
  if (!answer.FunctionVersion || !answer.RevisionId) throw new Error('Lambda described an alias without its version')
  return {
    version: answer.FunctionVersion,
    weights: { ...answer.RoutingConfig?.AdditionalVersionWeights },
    revisionId: answer.RevisionId,
  }
}

export function createFunctions(client: LambdaClient): Functions {
  return {
    alias: async (name, abortSignal) => {
      const command = new GetAliasCommand({ FunctionName: name, Name: liveAlias })
      return aliasState(await client.send(command, { ...(abortSignal && { abortSignal }) }))
    },
    versions: async (name, abortSignal) => {
      const until = { ...(abortSignal && { abortSignal }) }
      const versions: Version[] = []
      for await (const page of paginateListVersionsByFunction({ client }, { FunctionName: name }, until)) {
        for (const { Version, Description = '', LastModified } of page.Versions ?? []) {
          if (!Version || Version === '$LATEST') continue
          const createdAt = LastModified === undefined ? undefined : Date.parse(LastModified)
          versions.push({
            version: Version,
            ...(createdAt !== undefined && !Number.isNaN(createdAt) && { createdAt: moment(createdAt) }),
            ...parseDescription(Description),
          })
        }
      }
      return versions.sort((a, b) => Number(b.version) - Number(a.version))
    },
    hasVersion: async (name, version) => {
      try {
        await client.send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: version }))
        return true
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return false
        throw error
      }
    },
    moveAlias: async (name, version, revisionId) =>
      aliasState(
        await client.send(
          new UpdateAliasCommand({
            FunctionName: name,
            Name: liveAlias,
            FunctionVersion: version,
            // A stopped deployment can leave a second version on the alias; an empty map takes it off.
            RoutingConfig: { AdditionalVersionWeights: {} },
            RevisionId: revisionId,
          }),
        ),
      ),
    invoke: async (name, event) => {
      const answer = await client.send(
        new InvokeCommand({ FunctionName: name, Qualifier: liveAlias, Payload: JSON.stringify(event) }),
      )
      const text = answer.Payload ? new TextDecoder().decode(answer.Payload) : ''
      const payload: unknown = text === '' ? undefined : JSON.parse(text)
      return { payload, ...(answer.FunctionError !== undefined && { error: answer.FunctionError }) }
    },
  }
}
