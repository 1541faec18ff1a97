import { liveAlias, names } from '../../common/names.ts'
import { escaped, shellWord } from './format.ts'

/** The commands that do a rollback without the bot, for a shell with rights of its own. */
export function commandsByHand(
  { role, to, deployment }: { role: 'api' | 'updater'; to: string; deployment?: string | undefined },
  stage: string,
): string {
  const target = `--function-name ${names(stage).functions[role]} --name ${liveAlias}`
  const stop =
    deployment === undefined
      ? []
      : [`aws deploy stop-deployment --deployment-id ${shellWord(deployment)} --auto-rollback-enabled`]
  const commands = [
    ...stop,
    `aws lambda update-alias ${target} --function-version ${shellWord(to)} --routing-config 'AdditionalVersionWeights={}'`,
    `aws lambda get-alias ${target}`,
  ]
  return `\`\`\`${escaped(commands.join('\n'))}\`\`\``
}
