import { randomBytes } from 'node:crypto'
import { z } from 'zod'

export const DeploymentStatus = z.enum(['Created', 'InProgress', 'Succeeded', 'Failed', 'Stopped'])
export type DeploymentStatus = z.output<typeof DeploymentStatus>

/** The function that is asked before a new version gets traffic, and what it answered. */
export const Hook = z.object({
  /** Its name or ARN, as the AppSpec has it. */
  function: z.string(),
  executionId: z.string(),
  status: z.enum(['Pending', 'InProgress', 'Succeeded', 'Failed']),
})
export type Hook = z.output<typeof Hook>

/** One deployment of one function, as CodeDeploy keeps it. */
export const Deployment = z.object({
  id: z.string(),
  group: z.string(),
  function: z.string(),
  status: DeploymentStatus,
  creator: z.enum(['user', 'codeDeployRollback']),
  description: z.string(),
  currentVersion: z.string(),
  targetVersion: z.string(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  completedAt: z.iso.datetime().optional(),
  rollbackInfo: z
    .object({
      rollbackDeploymentId: z.string().optional(),
      rollbackTriggeringDeploymentId: z.string().optional(),
      rollbackMessage: z.string().optional(),
    })
    .optional(),
  /** The form in which the revision was handed over, and is told again. */
  revisionType: z.enum(['AppSpecContent', 'String']),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Deploys although a brake alarm rings, for the fix that ends the alarm. */
  overrideAlarms: z.boolean(),
  /** The alarms that stop this deployment, in place of its group's. */
  alarms: z.array(z.string()).optional(),
  hook: Hook.optional(),
  /** When the new version got its first traffic. */
  shiftedAt: z.iso.datetime().optional(),
})
export type Deployment = z.output<typeof Deployment>

export const isUnderWay = ({ status }: Deployment): boolean => status === 'Created' || status === 'InProgress'

/** CodeDeploy ids are `d-` and nine capitals or digits. */
export const newId = () =>
  `d-${[...randomBytes(9)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[byte % 32]).join('')}`

/** What a deployer asks for. */
export interface NewDeployment {
  group: string
  targetVersion: string
  description?: string | undefined
  /** The version the deployer believes to be live; what `live` points at unless told. */
  currentVersion?: string | undefined
  overrideAlarms?: boolean | undefined
  /** The alarms that stop it, in place of its group's. */
  alarms?: readonly string[] | undefined
  /** Name or ARN of the function that is asked before the new version gets traffic. */
  hook?: string | undefined
  revisionType?: Deployment['revisionType'] | undefined
}

/** How a deployment group moves its function's alias. */
export interface DeploymentGroup {
  name: string
  function: string
  /** Share of the traffic that tries the new version first, and for how long. Absent: all at once. */
  canary?: { weight: number; minutes: number }
  /** Alarms that stop a deployment. */
  brakes: readonly string[]
}

/** The AppSpec of a Lambda deployment: which alias goes from which version to which. */
export const AppSpec = z.object({
  version: z.union([z.string(), z.number()]),
  Resources: z
    .array(
      z.record(
        z.string(),
        z.object({
          Type: z.literal('AWS::Lambda::Function'),
          Properties: z.object({
            Name: z.string(),
            Alias: z.string(),
            CurrentVersion: z.coerce.string(),
            TargetVersion: z.coerce.string(),
          }),
        }),
      ),
    )
    .length(1),
  Hooks: z
    .array(z.strictObject({ BeforeAllowTraffic: z.string().min(1) }))
    .max(1)
    .optional(),
})

export const appSpecOf = (deployment: Deployment, alias: string): string =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      {
        [deployment.function]: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Name: deployment.function,
            Alias: alias,
            CurrentVersion: deployment.currentVersion,
            TargetVersion: deployment.targetVersion,
          },
        },
      },
    ],
    ...(deployment.hook && { Hooks: [{ BeforeAllowTraffic: deployment.hook.function }] }),
  })
