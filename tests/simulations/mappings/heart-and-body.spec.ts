/** The heart and the body from echo, vital signs and size. */
import { describe, expect, it } from '@jest/globals'
import { chooseFor, measured, pressure, twinWith } from '../support.js'

const at = '2026-05-01T10:00:00Z'
const echo = [
  measured('29436-3', 47, 'mm', at),
  measured('18154-5', 1, 'cm', at),
  measured('18152-9', 0.9, 'cm', at),
  measured('10230-1', 60, '%', at),
]
const vitals = [pressure(120, at), measured('8867-4', 75, '/min', at)]
const size = [measured('8302-2', 172, 'cm', '2012-01-10'), measured('29463-7', 70, 'kg', '2026-04-01')]
/** 7D³/(2.4 + D) */
const TEICHHOLZ_47 = 102.36

describe('the left ventricle', () => {
  it('its mass takes three lengths in cm', () => {
    const { input, reasons } = chooseFor('heart.lvmass-echo', twinWith(echo))
    expect(reasons).toEqual([])
    expect(input).toEqual({ lvidd_cm: expect.closeTo(4.7, 10), ivsd_cm: 1, lvpwd_cm: 0.9 })
  })

  it('its shape has the measured diameter and the volume by Teichholz', () => {
    const { input, inputs, model, reasons } = chooseFor('body.lv-truncated-ellipsoid', twinWith(echo))
    expect(reasons).toEqual([])
    expect(input).toMatchObject({ aEndo_mm: expect.closeTo(23.5, 10), aEpi_mm: expect.closeTo(33, 10) })
    const { cavity_mm3 } = model.evaluate(input) as { cavity_mm3: number }
    expect(cavity_mm3 / 1000).toBeCloseTo(TEICHHOLZ_47, 1)
    expect(inputs[0]!.sources.map(({ code }) => code)).toContain('loinc|29436-3')
  })

  it('its shape has the measured volume where there is one', () => {
    const record = twinWith([...echo, measured('18026-5', 110, 'mL', at)])
    const { input, model } = chooseFor('body.lv-truncated-ellipsoid', record)
    expect((model.evaluate(input) as { cavity_mm3: number }).cavity_mm3).toBeCloseTo(110_000, 3)
  })

  it('without an echo of this year neither is computed', () => {
    const old = measured('29436-3', 4.7, 'cm', '2025-01-01')
    const { reasons } = chooseFor('heart.lvmass-echo', twinWith([old, ...echo.slice(1)]))
    expect(reasons).toEqual([{ input: 'lvidd_cm', code: 'stale', limit: 'P1Y' }])
    const parts = chooseFor('body.lv-truncated-ellipsoid', twinWith(echo.slice(0, 1))).reasons.map(({ of }) => of)
    expect(new Set(parts)).toEqual(new Set(['ivsd_cm', 'lvpwd_cm']))
  })
})

describe('the closed loop', () => {
  it('is personalised from rate, pressures and volumes at rest, and then has that rate and ejection', () => {
    const { input, inputs, model, reasons } = chooseFor('heart.loop-bjordalsbakke-2022', twinWith([...echo, ...vitals]))
    expect(reasons).toEqual([])
    const { overrides } = input as { overrides: Record<string, number> }
    expect(overrides).toMatchObject({ tau: 0.8, Rs: expect.closeTo(1.13, 2) })
    expect(Object.keys(overrides).sort()).toEqual(['Csa', 'Emax', 'MCFP', 'Rs', 'tau'])
    expect(new Set(inputs[0]!.sources.map(({ code }) => code))).toEqual(
      new Set(['8867-4', '8480-6', '8462-4', '29436-3', '10230-1'].map((code) => `loinc|${code}`)),
    )
    expect(model.evaluate(input)).toMatchObject({ HR: expect.closeTo(75, 6) })
  })

  it('names each measurement that is lacking, and is nobody’s heart without them', () => {
    const { reasons } = chooseFor('heart.loop-bjordalsbakke-2022', twinWith(vitals))
    expect(reasons).toEqual([
      { input: 'overrides', code: 'missing', of: 'EDV' },
      { input: 'overrides', code: 'missing', of: 'ESV' },
    ])
  })

  it('of four chambers beats at the person’s rate until the time that was asked for', () => {
    const { input, reasons } = chooseFor('heart.loop-shi-2009', twinWith(vitals), { t_s: 20 })
    expect(reasons).toEqual([])
    expect(input).toEqual({ t_s: 20, params: 'published', overrides: { tau: 0.8 } })
    expect(chooseFor('heart.loop-shi-2009', twinWith(vitals)).reasons).toEqual([
      { input: 't_s', code: 'parameter-missing' },
    ])
  })
})

describe('kidney and body', () => {
  it('size and organs take the newest weight, and a height of any age', () => {
    expect(chooseFor('body.anthropometry', twinWith(size))).toMatchObject({
      reasons: [],
      input: { sex: 'female', height_cm: 172, weight_kg: 70 },
    })
  })

  it('kidney function does without a weight, and then gives no clearance', () => {
    const creatinine = measured('14682-9', 70.736, 'umol/L')
    const withWeight = chooseFor('renal.ckdepi2021+cockcroftgault', twinWith([creatinine, ...size]))
    expect(withWeight.input).toMatchObject({ weight_kg: 70, creatinine_mgdL: expect.closeTo(0.8, 3) })
    const without = chooseFor('renal.ckdepi2021+cockcroftgault', twinWith([creatinine]))
    expect(without.reasons).toEqual([])
    expect(without.model.evaluate(without.input)).toMatchObject({ crcl_mLmin: null })
  })
})
