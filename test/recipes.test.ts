import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleKey } from '../sandbox/cloud/gateway/api-keys.ts'
import { type Edit, editsIn, newFilesIn, readRecipes } from './recipes/document.ts'
import { type RunningSandbox, startSandboxIn } from './recipes/running-sandbox.ts'
import { botOnly, createWorkspace, type Workspace } from './recipes/workspace.ts'

const { addAnAlarm, addAButton, addARemedy } = await readRecipes()

/** What the compiler says when only these edits have been made. */
async function compiledAfter(edits: readonly Edit[]): Promise<string> {
  const unfinished = await createWorkspace(botOnly)
  await unfinished.apply(edits)
  const said = await unfinished.compile()
  await unfinished.remove()
  return said
}

// Compilers and sandboxes of all recipes share the machine with every other test.
const patient = { timeout: 120_000 }

describe.concurrent('add an alarm', patient, () => {
  let workspace: Workspace
  let sandbox: RunningSandbox
  beforeAll(async () => {
    workspace = await createWorkspace()
    await workspace.apply(editsIn(addAnAlarm))
    await workspace.add(newFilesIn(addAnAlarm))
    expect(await workspace.script('runbook')).toBe('')
    sandbox = await startSandboxIn(workspace.folder)
  }, patient.timeout)
  afterAll(async () => {
    await sandbox?.stop()
    await workspace?.remove()
  })

  it('touches the alarm list and adds a page in each language; the rest is generated', async () => {
    const pages = ['docs/runbook/en/ApiGateway4xxAlarm.md', 'docs/runbook/ja/ApiGateway4xxAlarm.md']
    expect(editsIn(addAnAlarm).map(({ file }) => file)).toEqual(['common/alarms.ts'])
    expect(newFilesIn(addAnAlarm).map(({ file }) => file)).toEqual(pages)
    expect(await workspace.changed()).toEqual(['common/alarms.ts', 'common/runbook/bundled.ts', ...pages])
  })

  it('compiles and passes the linter', async () => {
    expect(await workspace.compile()).toBe('')
    expect(await workspace.lint()).toBe('')
  })

  it('does not compile while the runbook is missing', async () => {
    const said = await compiledAfter(editsIn(addAnAlarm))
    expect(said).toContain('common/runbook/bundled.ts')
    expect(said).toContain('ApiGateway4xxAlarm')
  })

  it('is not written while a language is missing, and the command says which', async () => {
    const unfinished = await createWorkspace(['common', 'docs/runbook'])
    await unfinished.apply(editsIn(addAnAlarm))
    await unfinished.add(newFilesIn(addAnAlarm).slice(0, 1))
    const said = await unfinished.script('runbook')
    await unfinished.remove()
    expect(said).toContain('docs/runbook/ja/ApiGateway4xxAlarm.md is missing')
    expect(said).not.toContain('docs/runbook/en')
  })

  it('rings in the running system: incident, severity and guidance', async () => {
    // Time stands still between the jumps, or a slow machine would let a quiet minute pass in between.
    await sandbox.post('/clock', { speed: 0 })
    for (const _minute of [1, 2]) {
      await Promise.all(
        Array.from({ length: 60 }, () =>
          fetch(`${sandbox.prices}/v1/prices/no-such-coin`, { headers: { 'x-api-key': sampleKey } }),
        ),
      )
      await sandbox.post('/clock', { forward_s: 60 })
    }
    const incident = await sandbox.until(async () => {
      const [first] = (await sandbox.state()).incidents
      return first?.slack.ts ? first : undefined
    })
    expect(incident).toMatchObject({ service: 'api', severity: 'Medium', alarms: ['ApiGateway4xxAlarm'] })
    const root = await sandbox.message(incident.slack)
    expect(root).toContain('API 4xx answers at 50 %, limit 30 %')
    for (const step of ['400 and 404 are questions', 'tell that client', 'disable it at once']) {
      expect(root).toContain(step)
      expect(addAnAlarm).toContain(step)
    }
  })
})

describe.concurrent('add a button', patient, () => {
  let workspace: Workspace
  let sandbox: RunningSandbox
  beforeAll(async () => {
    workspace = await createWorkspace()
    await workspace.apply(editsIn(addAButton))
    sandbox = await startSandboxIn(workspace.folder)
  }, patient.timeout)
  afterAll(async () => {
    await sandbox?.stop()
    await workspace?.remove()
  })

  it('compiles and passes the linter', async () => {
    expect(await workspace.compile()).toBe('')
    expect(await workspace.lint()).toBe('')
  })

  it('lets the compiler lead: each unfinished step stops where the recipe says', async () => {
    const edits = editsIn(addAButton)
    const upTo = (file: string) => compiledAfter(edits.slice(0, edits.findLastIndex((edit) => edit.file === file) + 1))
    const said = await Promise.all(['bot/incident/event.ts', 'bot/incident/say.ts', 'bot/message/buttons.ts'].map(upTo))
    expect(said[0]).toContain('bot/incident/decide.ts')
    expect(said[1]).toContain('bot/message/thread-reply.ts')
    expect(said[1]).toContain('bot/message/answers.ts')
    expect(said[2]).toContain('bot/in/slack-listeners.ts')
  })

  it('is there once somebody has the incident, and gives it back', async () => {
    await sandbox.post('/scenarios/bad-deploy', {})
    const { slack } = await sandbox.until(async () => {
      const [first] = (await sandbox.state()).incidents
      return first?.slack.ts ? first : undefined
    })
    expect(await sandbox.message(slack)).not.toContain('Hand back')
    const press = (button: string) =>
      sandbox.post<{ ok: boolean; ephemeral: string[] }>('/slack/click', { user: 'aiko', ...slack, button })

    expect(await press('Acknowledge')).toMatchObject({ ok: true, ephemeral: [] })
    await sandbox.until(async () => (await sandbox.message(slack)).includes('Hand back') || undefined)
    expect(await press('Hand back')).toMatchObject({ ok: true, ephemeral: [] })
    const root = await sandbox.until(async () => {
      const text = await sandbox.message(slack)
      return text.includes('Acknowledge') ? text : undefined
    })
    expect(root).toContain('nobody yet')
    expect(root).not.toContain('Hand back')
    expect((await sandbox.state()).incidents[0]).toMatchObject({ status: 'open' })
    await sandbox.until(async () => (await sandbox.thread(slack)).includes('handed it back') || undefined)
  })
})

describe.concurrent('add a remedy', patient, () => {
  let workspace: Workspace
  let sandbox: RunningSandbox
  beforeAll(async () => {
    workspace = await createWorkspace()
    await workspace.apply(editsIn(addARemedy))
    sandbox = await startSandboxIn(workspace.folder)
  }, patient.timeout)
  afterAll(async () => {
    await sandbox?.stop()
    await workspace?.remove()
  })

  it('is one file, one line in the list, and its words in both languages', async () => {
    expect(await workspace.changed()).toEqual([
      'bot/message/words/manager.en.ts',
      'bot/message/words/manager.ja.ts',
      'bot/message/words/remedy.en.ts',
      'bot/message/words/remedy.ja.ts',
      'bot/remedy/remedies.ts',
      'bot/remedy/update-rarely.ts',
    ])
  })

  it('compiles and passes the linter', async () => {
    expect(await workspace.compile()).toBe('')
    expect(await workspace.lint()).toBe('')
  })

  it('does not compile while the words are missing', async () => {
    const said = await compiledAfter(editsIn(addARemedy).filter(({ file }) => file.startsWith('bot/remedy/')))
    expect(said).toContain('bot/message/words/remedy.en.ts')
    expect(said).toContain('bot/message/words/remedy.ja.ts')
  })

  it('is in the menu, and changes the setting', async () => {
    await sandbox.post('/clock', { speed: 0 })
    await sandbox.post('/scenarios/upstream-429', {})
    const { slack } = await sandbox.until(async () => {
      const [first] = (await sandbox.state()).incidents
      return first?.slack.ts ? first : undefined
    })
    const press = { user: 'aiko', ...slack, button: 'Update every 30 min' }
    expect(await sandbox.post<{ ok: boolean }>('/slack/click', press)).toMatchObject({ ok: true })
    // Without the settings that fill it the modal has nothing to submit.
    await sandbox.until(
      async () => (await sandbox.post<{ ok: boolean }>('/slack/submit', { user: 'aiko' })).ok || undefined,
    )
    await sandbox.until(async () => {
      const said = await sandbox.thread(slack)
      return said.includes('Changed. How often prices are fetched: every 5 min → every 30 min.') || undefined
    })
  })
})
