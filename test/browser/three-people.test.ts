import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import {
  firstMinute,
  gone,
  incidentMessage,
  isPhone,
  main,
  modal,
  openChannel,
  openThread,
  press,
  says,
  seen,
  thread,
} from './support/rooms.ts'
import { it } from './support/workspace.ts'

async function escalate(page: Page, reason: string, inWindow = { why: 'Why now', confirm: 'Escalate' }) {
  await press(incidentMessage(page), 'Escalate')
  await modal(page).getByRole('textbox', { name: inWindow.why }).fill(reason)
  await press(modal(page), inWindow.confirm)
  await gone(modal(page))
}

it('from the alarm to the postmortem: on-call, a developer and a manager, each on a page of their own', async ({
  workspace,
}) => {
  const { page: aiko } = await workspace.sit('aiko')
  const { page: chie } = await workspace.sit('chie')
  const { page: dan } = await workspace.sit('dan', { width: 390 })

  // On-call is woken, takes it, and finds that it needs somebody who knows the code.
  await press(firstMinute(aiko), 'Break it')
  await seen(incidentMessage(aiko).getByRole('heading', { name: /API errors at [\d.]+ %, limit 5 %/ }))
  await press(incidentMessage(aiko), 'Acknowledge')
  await says(incidentMessage(aiko), 'Owner: @Aiko Tanaka')
  await escalate(aiko, 'I do not know this part.')

  // The developer is called where developers are called, and takes it over there.
  await openChannel(chie, 'crypto-watch-dev')
  await says(incidentMessage(chie), 'asked for it: “I do not know this part”')
  await press(incidentMessage(chie), 'Take over')
  await says(incidentMessage(chie), 'On it: @Chie Mori')
  await says(incidentMessage(aiko), 'Owner: @Chie Mori')
  await openChannel(chie, 'crypto-watch-alerts')
  // The channel speaks one language, and a window that of whoever opened it: Chie reads Japanese.
  const japanese = { why: '今エスカレーションする理由', confirm: 'エスカレーションする' }
  await escalate(chie, 'Customers have to be told.', japanese)

  // The manager is asked in person and in the channel, and lets customers know.
  await openChannel(dan, 'Crypto Watch')
  await main(dan).getByRole('tab', { name: 'Messages' }).click()
  await says(main(dan).getByRole('tabpanel', { name: 'Messages' }), 'Your decision is needed')
  await openChannel(dan, 'crypto-watch-incidents')
  const card = incidentMessage(dan)
  await says(card, 'you are asked because @Chie Mori asked for you: “Customers have to be told”')
  await press(card, 'Tell customers')
  const draft = modal(dan).getByRole('textbox').first()
  await draft.fill('Prices fail for some of you. We are putting the last good version back.')
  await press(modal(dan), 'Publish')
  await says(card, 'Prices fail for some of you.')
  const status = async () => (await fetch(`${workspace.sandbox().addresses.prices}/status`)).text()
  // A busy machine may not read the record in the time that a customer waits, and says so.
  const patience = { timeout: 20_000, interval: 500 }
  await expect.poll(status, patience).toContain('We are putting the last good version back.')

  // The developer rolls back and reads the proof; the manager sees it on the card.
  await press(incidentMessage(chie), 'Roll back')
  await says(modal(chie), 'v42 → v41')
  await press(modal(chie), 'ロールバックする')
  await gone(modal(chie))
  await workspace.steer('/clock', { forward_s: 300 })
  await says(incidentMessage(chie), /Rolled back v42 → v41 by @Chie Mori, errors [\d.]+ % → 0 %, alarm OK after/)
  await says(card, 'the previous version was put back, and it helped')
  await workspace.steer('/clock', { forward_s: 600 })
  await says(card, 'Over: no decision is needed any more')
  expect(await card.getByRole('button', { name: /Take over|Hold|Approve|Tell/ }).count()).toBe(0)
  await expect.poll(status, patience).not.toMatch(/We are putting the last good version back|"status":"unknown"/)

  // Afterwards on-call writes down what is to be learnt.
  await seen(incidentMessage(aiko).getByRole('heading', { name: /Resolved/ }))
  await press(incidentMessage(aiko), 'Postmortem')
  await gone(incidentMessage(aiko).getByRole('button', { name: 'Postmortem' }))
  await openThread(aiko)
  await says(thread(aiko), 'Postmortem: API errors')
  await says(thread(aiko), /requests failed/)
  await press(thread(aiko), 'Add action item')
  await modal(aiko).getByRole('textbox', { name: 'What is to be done' }).fill('Test the parser with an empty list')
  await press(modal(aiko), 'Add')
  await gone(modal(aiko))
  await says(thread(aiko), 'Test the parser with an empty list')
  await press(thread(aiko), 'Close thread')

  // It is found where everybody looks, with the first minute in which nothing of it is still being posted.
  await openChannel(chie, 'Crypto Watch')
  const home = main(chie).getByRole('tabpanel', { name: 'Home' })
  await seen(home.getByRole('button', { name: '更新する' }))
  const aMinuteLater = async () => {
    await workspace.steer('/clock', { forward_s: 60 })
    await press(home, '更新する')
    return home.innerText()
  }
  await expect.poll(aMinuteLater, patience).toContain('アクションアイテム1件のうち1件が未完了です')
  await says(home, '対応中のインシデントはありません')
  await says(home, /終わったインシデント:? *1/)
  expect(isPhone(dan)).toBe(true)
}, 240_000)
