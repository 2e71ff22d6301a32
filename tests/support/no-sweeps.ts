import { jest } from '@jest/globals'
import { Housekeeping } from '../../src/housekeeping.js'

/** Of services started after this nothing is swept but by the test itself, whose counts the service's own sweeps would change. */
export function withoutSweeps(): void {
  jest.spyOn(Housekeeping.prototype, 'onApplicationBootstrap').mockReturnValue(undefined)
}
