import { describe, expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import { answer, type NotDone } from '../../bot/message/answers.ts'
import {
  aLook,
  anAlarm,
  anEvidence,
  anIncident,
  anOwnedIncident,
  aResolvedIncident,
  aRollback,
  byName,
  later,
  quiet,
} from '../support/builders.ts'

const at1203 = '<!date^1795402980^{date_short_pretty} {time}|2026-11-23 03:03 UTC>'
const at1205 = '<!date^1795403100^{date_short_pretty} {time}|2026-11-23 03:05 UTC>'
const known = anIncident({ evidence: anEvidence() })
const fn = '`crypto-watch-api-function`'

/** Every reason, what is on record, and what the person who pressed reads. */
const answers: Record<NotDone, [Incident | undefined, string, string]> = {
  'nothing-open': [
    undefined,
    'This incident is already over; nothing was done.',
    'このインシデントはすでに終わっています。何も行いませんでした。',
  ],
  'drill-on': [
    undefined,
    'A drill is on already. It ends when somebody presses Resolve, or by itself after half an hour.',
    'すでに訓練中です。誰かが「解決にする」を押すか、開始から30分で自動的に終了します。',
  ],
  'only-a-drill': [
    anIncident(),
    'This is a drill: nothing real is changed and no customer is told anything, so nothing was done.',
    'これは訓練です。実際の変更やお客様への案内はできないため、何も行っていません。',
  ],
  'already-yours': [anOwnedIncident(), 'You have it already.', 'すでにあなたが担当です。'],
  'not-the-owner': [
    anOwnedIncident(),
    'Only the owner can say that, and that is <@U1>. Press Take over if you are on it.',
    'これに答えられるのは担当者（<@U1>）だけです。対応している場合は「引き継ぐ」を押してください。',
  ],
  'nothing-to-hold': [
    anIncident(),
    'Nobody would be called in the next 15 minutes, so there is nothing to hold.',
    '今後15分間に連絡の予定はないため、保留にするものがありません。',
  ],
  'groups-unknown': [
    undefined,
    'Slack did not say who is in the groups that may do this, so nothing was done. Please press again in a minute.',
    '操作できるグループの構成をSlackから読み取れず、何も行いませんでした。1分ほど待ってもう一度押してください。',
  ],
  'remedy-not-offered': [
    anIncident(),
    'Nothing was done: no alarm that this helps against rings any more.',
    'この対処が役立つアラームはもう鳴っていません。何も行いませんでした。',
  ],
  'remedy-running': [
    anIncident(),
    'Nothing was done: this change is already on its way.',
    'この変更はすでに進行中です。何も行いませんでした。',
  ],
  'remedy-in-force': [
    anIncident(),
    'Nothing was done: it is in force already.',
    'この対処はすでに適用されています。何も行いませんでした。',
  ],
  'remedy-not-in-force': [
    anIncident(),
    'Nothing was done: it is not in force, so there is nothing to undo.',
    'この対処は適用されていないため、取り消すものがありません。何も行いませんでした。',
  ],
  'too-many-remedies': [
    anIncident(),
    'Nothing was done: this incident has as many changes as it can keep.',
    'このインシデントに記録できる変更の数を超えています。何も行いませんでした。',
  ],
  'not-over-yet': [
    anIncident(),
    'This incident is not over yet. The postmortem comes after the end.',
    'このインシデントはまだ続いています。ポストモーテムは解決後に作成します。',
  ],
  'postmortem-there': [
    aResolvedIncident({ postmortem: { at: later(5), by: 'U1', actions: [] } }),
    `<@U1> asked for the postmortem, ${at1205}. The draft is in the thread.`,
    `<@U1> が ${at1205} にポストモーテムを依頼済みです。下書きはスレッドにあります。`,
  ],
  'no-postmortem': [
    aResolvedIncident(),
    'Press Postmortem first: action items belong to it.',
    'アクションアイテムはポストモーテムに付けます。先に「ポストモーテム」を押してください。',
  ],
  'too-many-actions': [
    aResolvedIncident(),
    'There are 20 action items already. Finish some, or keep the rest in a plan of their own.',
    'アクションアイテムはすでに20件あります。完了させるか、残りは別の計画にまとめてください。',
  ],
  'no-such-action': [
    aResolvedIncident(),
    'This action item is not on record; nothing was done.',
    'このアクションアイテムの記録はありません。何も行いませんでした。',
  ],
  'key-not-yours': [
    anIncident(),
    'A new key is shown only to the person who asked for it.',
    '新しいキーは、発行を依頼した人にだけ表示します。',
  ],
  'key-already-shown': [
    anIncident(),
    'This key has been shown already, and it is shown only once. If it was lost, undo it and issue another one.',
    'このキーはすでに表示しました。表示は一度だけです。控えていない場合は、発行を取り消して、もう一度発行してください。',
  ],
  'maintenance-on': [
    anIncident(),
    'Nothing was done: maintenance mode is on. Lift maintenance mode first; nothing could be proven while the price API answers nothing.',
    'メンテナンスモード中のため、何も行いませんでした。価格APIが応答しない間は効果を確かめられません。先にメンテナンスモードを解除してください。',
  ],
  'version-going-back': [
    anIncident(),
    'Nothing was done: the previous version is being put back just now, and a price that is answered will prove it. Please press again in some minutes.',
    '現在、前のバージョンに戻しています。価格が返ることで効果を確かめるため、何も行いませんでした。数分後にもう一度押してください。',
  ],
  'not-public': [
    anIncident(),
    'Nothing is published about this incident: the public status page does not show it, because telling the public would also tell those who might use it.',
    'このインシデントについては何も公開しません。公表すると悪用されるおそれがあるため、公開の稼働状況ページにも表示していません。',
  ],
  'too-many-reports': [
    anIncident(),
    'This incident holds as many reports as it can. Please write it into the thread of the incident.',
    'このインシデントに記録できる報告の数を超えています。インシデントのスレッドに書き込んでください。',
  ],
  'already-known': [
    anIncident(),
    'This is already on record; nothing more was done.',
    'すでに記録済みです。追加で行ったことはありません。',
  ],
  'older-than-known': [
    anIncident(),
    'The incident has moved on since; the newest state stands.',
    'その後インシデントの状態が変わりました。最新の状態をそのまま維持します。',
  ],
  'too-many-alarms': [
    anIncident(),
    'The incident already lists as many alarms as it can; the others are counted only.',
    'このインシデントに記録できるアラームの数を超えています。残りは件数だけを数えます。',
  ],
  'not-its-consequence': [
    anIncident(),
    'This alarm does not follow from the incident; nothing was done.',
    'このアラームはこのインシデントから生じたものではありません。何も行いませんでした。',
  ],
  'already-acknowledged': [
    anOwnedIncident({ owner: { user: 'U7', at: later(3) } }),
    `<@U7> acknowledged it, ${at1203}, and is on it.`,
    `<@U7> が ${at1203} に確認し、対応中です。`,
  ],
  'already-resolved': [
    aResolvedIncident({ resolved: { at: later(5) } }),
    `This incident was resolved, ${at1205}.`,
    `このインシデントは ${at1205} に解決済みです。`,
  ],
  'already-at-top': [
    anIncident(),
    'It has already gone as high as you asked. The highest level is <@U0DAN>.',
    'ご依頼のレベルまで、すでにエスカレーション済みです。最上位は <@U0DAN> です。',
  ],
  'nothing-due': [anIncident(), 'There is nothing to do at the moment.', '今は行うことがありません。'],
  'already-done': [anIncident(), 'This has been done already.', 'すでに実行済みです。'],
  'rollback-running': [
    anOwnedIncident({ rollback: aRollback({ by: 'U9', status: 'moving' }) }),
    `<@U9> asked for a rollback v42 → v41, ${at1203}. Present step: Move the alias v42 → v41.`,
    `<@U9> が依頼したロールバック v42 → v41 を実行中です（${at1203} から）。現在の手順：エイリアスを v42 → v41 に切り替え`,
  ],
  'alarm-clear': [
    anOwnedIncident({ alarms: byName(quiet(anAlarm(), later(5))) }),
    `Every alarm is quiet since ${at1205}, so nothing is rolled back.`,
    `すべてのアラームが収まっているため（${at1205} から）、ロールバックは行いません。`,
  ],
  'no-function': [
    anIncident(),
    'No rollback can cure this alarm: no function of ours is behind it.',
    'このアラームはロールバックでは直りません。原因となる関数が当方にありません。',
  ],
  'already-undone': [
    known,
    `CodeDeploy has already put ${fn} back to v42. The versions before it are innocent.`,
    `CodeDeployがすでに ${fn} をv42へ戻しています。それ以前のバージョンに問題はありません。`,
  ],
  'evidence-missing': [
    anIncident(),
    `The versions and deployments of ${fn} could not be read, so a rollback would be blind. Try again in a minute.`,
    `${fn} のバージョンとデプロイを読み取れず、このままでは何が起こるか確かめられません。1分後にもう一度お試しください。`,
  ],
  'deployment-unlikely': [
    known,
    `${fn} was not deployed in the day before the alarm, so a rollback is unlikely to cure it.`,
    `アラームの前の1日間に ${fn} のデプロイはなく、ロールバックで直る見込みはありません。`,
  ],
  'target-missing': [
    known,
    'The version you chose has been deleted; the function serves v42. Go back by hand to one that exists, or escalate.',
    '選ばれたバージョンは削除されています（現在はv42）。残っているバージョンへ手作業で戻すか、エスカレーションしてください。',
  ],
  'equals-current': [
    known,
    'The version you chose already serves all requests. There is nothing to move.',
    'すでに選ばれたバージョンがすべてのリクエストに応答しています。動かすものがありません。',
  ],
  'alias-moved': [
    known,
    `Somebody changed where ${fn} points since you looked; at the last reading it served v42. Look again before rolling back.`,
    `ご覧になった後で ${fn} の向き先が変更されました（最後に読み取った時点ではv42）。もう一度確認してからロールバックしてください。`,
  ],
  'not-permitted': [
    undefined,
    'Nothing was done: only <!subteam^S0ONCALL> <!subteam^S0DEV> <@U0DAN> may do this. Please ask one of them.',
    '何も行いませんでした。この操作ができるのは <!subteam^S0ONCALL> <!subteam^S0DEV> <@U0DAN> だけです。いずれかの人に依頼してください。',
  ],
  'incident-gone': [
    undefined,
    'This incident is no longer on record; nothing was done.',
    'このインシデントの記録はもうありません。何も行いませんでした。',
  ],
  'not-readable': [
    undefined,
    'This button could not be read; nothing was done. Use the newest message of the incident.',
    'このボタンを読み取れず、何も行いませんでした。インシデントの最新のメッセージから操作してください。',
  ],
  'not-saved': [
    undefined,
    'This could not be saved; nothing was done. Please press again.',
    '保存できず、何も行いませんでした。もう一度押してください。',
  ],
  'too-late': [
    undefined,
    'Slack closed the window before it could open; nothing was done. Please press again.',
    '画面を開く前にSlackの制限時間が過ぎ、何も行いませんでした。もう一度押してください。',
  ],
}

describe('a press that comes to nothing is answered with facts', () => {
  it.each(Object.entries(answers))('%s', (reason, [incident, english, japanese]) => {
    expect(answer(reason as NotDone, incident, aLook())).toBe(english)
    expect(answer(reason as NotDone, incident, aLook({ language: 'ja' }))).toBe(japanese)
  })

  it.each(Object.keys(answers))('%s has a sentence even when nothing is on record', (reason) => {
    for (const language of ['en', 'ja'] as const) {
      expect(answer(reason as NotDone, undefined, aLook({ language }))).not.toMatch(/undefined|\?|^$/)
    }
  })
})
