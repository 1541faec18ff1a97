import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import * as z from 'zod'
import { type Bundles, buildBundles } from './bundle/bundles.ts'
import { AlarmsStack } from './stacks/alarms.ts'
import { BotStack } from './stacks/bot.ts'
import { DeployerStack } from './stacks/deployer.ts'
import { PriceServiceStack } from './stacks/price-service.ts'
import { stageContext } from './stage-context.ts'
import { deployerStackOf, ownStages, type Stages, stacksOf, stageNames, templatesFolder } from './stages.ts'

/**
 * Bundles every Lambda and synthesises every stage, checked by the AWS Solutions rules. Needs no account and no
 * network. Without `outdir` the templates go where the CDK's command line wants them.
 */
export async function createApp(
  options: { outdir?: string; stages?: Stages } = {},
): Promise<{ bundles: Bundles; stacks: { name: string; resources: number }[] }> {
  const { outdir, stages = ownStages() } = options
  const bundles = await buildBundles(join(outdir ?? templatesFolder, 'bundles'))
  const app = new App({ ...(outdir !== undefined && { outdir }), context: readContext() })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  for (const stage of stageNames) {
    const context = stageContext(stage, stages[stage], bundles)
    const [alarmsId = '', serviceId = '', botId = ''] = stacksOf(stage)
    const alarms = new AlarmsStack(app, alarmsId, context)
    const service = new PriceServiceStack(app, serviceId, context)
    const bot = new BotStack(app, botId, context)
    new DeployerStack(app, deployerStackOf(stage), context)
    // They name each other's parts without importing them, so the order is told here.
    service.addStackDependency(alarms)
    bot.addStackDependency(alarms)
    bot.addStackDependency(service)
  }
  const assembly = app.synth()
  return {
    bundles,
    stacks: assembly.stacks.map(({ stackName, template }) => ({
      name: stackName,
      resources: Object.keys((template as { Resources: object }).Resources).length,
    })),
  }
}

const Settings = z.object({ context: z.record(z.string(), z.unknown()) })

/** The CDK's own switches, which its command line would read from the same file. */
const readContext = () =>
  Settings.parse(JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'))).context
