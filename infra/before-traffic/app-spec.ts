import type { RevisionLocation } from '@aws-sdk/client-codedeploy'
import * as z from 'zod'

const AppSpec = z.object({
  Resources: z
    .array(
      z.record(
        z.string(),
        z.object({
          Type: z.literal('AWS::Lambda::Function'),
          Properties: z.object({
            Name: z.string().min(1),
            Alias: z.string().min(1),
            CurrentVersion: z.coerce.string(),
            TargetVersion: z.coerce.string().regex(/^[1-9]\d*$/, 'expected the number of a published version'),
          }),
        }),
      ),
    )
    .length(1),
})

/** What a deployment of a function moves: the alias of which function, from which version to which. */
export interface Move {
  name: string
  alias: string
  from: string
  to: string
}

/** Reads the move from a deployment's revision, a JSON text. CodeDeploy tells it in one of two forms. */
export function moveOf(revision: RevisionLocation | undefined): Move | { wrong: string } {
  const content = revision?.appSpecContent?.content ?? revision?.string?.content
  if (content === undefined) return { wrong: 'the deployment has no AppSpec' }
  const parsed = AppSpec.safeParse(readJson(content))
  if (!parsed.success) return { wrong: `the AppSpec cannot be used. ${z.prettifyError(parsed.error)}` }
  const [resource] = parsed.data.Resources.flatMap((resources) => Object.values(resources))
  if (resource === undefined) return { wrong: 'the AppSpec names no function' }
  const { Name, Alias, CurrentVersion, TargetVersion } = resource.Properties
  return { name: Name, alias: Alias, from: CurrentVersion, to: TargetVersion }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
