import { Aws, RemovalPolicy } from 'aws-cdk-lib'
import { type Names, names as namesOf } from '../common/names.ts'
import { type Arns, arnsOf } from './arns.ts'
import type { Bundles } from './bundle/bundles.ts'
import type { StageName, StageSettings } from './stages.ts'

/** What every stack of a stage is made from. */
export interface StageContext {
  stage: StageName
  settings: StageSettings
  names: Names
  arns: Arns
  bundles: Bundles
  isProd: boolean
  /** What becomes of data, logs and keys when their stack is removed. What a failed first try made goes in any case. */
  kept: RemovalPolicy
}

export function stageContext(stage: StageName, settings: StageSettings, bundles: Bundles): StageContext {
  const names = namesOf(stage)
  const place = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID }
  const isProd = stage === 'prod'
  const kept = isProd ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY
  return { stage, settings, names, arns: arnsOf(names, place), bundles, isProd, kept }
}

export const stackProps = ({ settings, stage, isProd }: StageContext, description: string) => ({
  env: { region: settings.region },
  description,
  tags: { project: 'crypto-watch', stage },
  terminationProtection: isProd,
})
