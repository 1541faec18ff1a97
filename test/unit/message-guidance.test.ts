import { describe, expect, it } from 'vitest'
import { alarms } from '../../common/alarms.ts'
import { en } from '../../common/guidance/en.ts'
import { guidanceFor } from '../../common/guidance/guidance.ts'
import { ja } from '../../common/guidance/ja.ts'

describe('guidance', () => {
  it.each(alarms.map(({ name }) => name))('%s says the same in both languages', (name) => {
    const [english, japanese] = [en[name], ja[name]]
    expect(japanese.firstSteps).toHaveLength(english.firstSteps.length)
    expect(japanese.whatToLookAt).toHaveLength(english.whatToLookAt.length)
    expect(japanese.escalateWhen).toHaveLength(english.escalateWhen.length)
    expect(japanese.logs).toEqual(english.logs)
    expect(japanese.note === undefined).toBe(english.note === undefined)
  })

  it.each(alarms.map(({ name }) => name))('%s fits a phone: three steps, each a line or two', (name) => {
    for (const { firstSteps, title } of [en[name], ja[name]]) {
      expect(firstSteps).toHaveLength(3)
      expect(Math.max(...firstSteps.map((step) => step.length))).toBeLessThanOrEqual(120)
      expect(title.length).toBeLessThanOrEqual(40)
    }
  })

  it.each(['queue-depth', 'toString', '__proto__', undefined])('there is none for %s', (name) => {
    expect(guidanceFor(name, 'en')).toBeUndefined()
  })
})
