import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { slashCommand } from '../../bot/in/slack-commands.ts'
import { en } from '../../bot/message/words.en.ts'
import { ja } from '../../bot/message/words.ja.ts'
import { slackMethods } from '../../bot/out/slack.ts'
import { stageNames } from '../../infra/stages.ts'
import { read, section, spansOf, tableOf } from '../support/documents.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

const manifestFile = 'docs/slack-manifest.yaml'

let made: Synthesised
beforeAll(async () => {
  made = await synthesised()
}, 60_000)

describe('the Slack app', () => {
  const manifest = parse(read(manifestFile))
  const table = tableOf(section(read('docs/architecture.md'), '## Slack methods and scopes'), 'method')

  it('asks for the scopes of the table, each with its reason above it', () => {
    const wanted = table.flatMap(([, , scopes = '']) => spansOf(scopes))
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...new Set(wanted)].toSorted())
    const lines = read(manifestFile).split('\n')
    for (const [index, line] of lines.entries())
      if (/^ +- \w+:/.test(line)) expect(lines[index - 1]).toMatch(/^ +# [A-Z].+\.$/)
  })

  it('the table covers every method that the bot calls', () => {
    const covered = table.flatMap(([methods = '']) => spansOf(methods))
    expect(covered.toSorted()).toEqual([...slackMethods].toSorted())
  })

  it('sends presses and openings of the Home tab where the bot listens, and nothing else', () => {
    const { settings, features } = manifest
    const path = '/slack/events'
    expect(settings.interactivity).toEqual({
      is_enabled: true,
      request_url: `https://REPLACE-WITH-SlackRequestUrl${path}`,
    })
    for (const stage of stageNames) expect(made.outputs(stage).SlackRequestUrl).toMatch(/slack\/events$/)
    expect(read('sandbox/bot-endpoints.ts')).toContain(`app.post('${path}'`)
    expect(settings.event_subscriptions).toEqual({
      request_url: settings.interactivity.request_url,
      bot_events: ['app_home_opened'],
    })
    expect(Object.keys(settings).toSorted()).toEqual([
      'event_subscriptions',
      'interactivity',
      'org_deploy_enabled',
      'socket_mode_enabled',
      'token_rotation_enabled',
    ])
    expect([settings.org_deploy_enabled, settings.socket_mode_enabled, settings.token_rotation_enabled]).toEqual([
      false,
      false,
      false,
    ])
    expect(Object.keys(features)).toEqual(['bot_user', 'app_home', 'slash_commands'])
    expect(features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    })
    expect(features.bot_user.display_name).toBe('crypto-watch')
  })

  it('has the one slash command that the bot listens to, at the same address, with every word that it knows', () => {
    expect(manifest.features.slash_commands).toEqual([
      {
        command: slashCommand,
        url: manifest.settings.interactivity.request_url,
        description: expect.stringMatching(/^[A-Z].{20,}/),
        usage_hint: 'new | key | rollback | drill | silence | help',
        should_escape: false,
      },
    ])
    for (const { help } of [en.report.command, ja.report.command])
      expect([...help(slashCommand).matchAll(/\*\/incident (\w+)\*/g)].map(([, word]) => word)).toEqual([
        'key',
        'rollback',
        'new',
        'drill',
        'silence',
        'help',
      ])
  })
})
