import { availableParallelism } from 'node:os'

/** Tests mirror src/; the suffix names the tier: .spec (pure), .int.spec (database), .e2e.spec (HTTP). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  // All share one PostgreSQL, whose connections are enough for three services and their helpers at once.
  maxWorkers: Math.min(3, availableParallelism()),
  testMatch: ['**/*.spec.ts'],
  // Longer than anything takes on the slowest machine that runs them: a test fails by what it sees, not by how long it took.
  testTimeout: 300_000,
  setupFiles: ['<rootDir>/tests/support/without-known-warning.js'],
  globalSetup: '<rootDir>/tests/support/global-setup.js',
  globalTeardown: '<rootDir>/tests/support/global-teardown.js',
}
