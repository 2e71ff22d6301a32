/** Tests mirror src/; the suffix names the tier: .spec (pure), .int.spec (database), .e2e.spec (HTTP). */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  testMatch: ['**/*.spec.ts'],
  testTimeout: 60_000,
  setupFiles: ['<rootDir>/tests/support/without-known-warning.js'],
  globalSetup: '<rootDir>/tests/support/global-setup.js',
  globalTeardown: '<rootDir>/tests/support/global-teardown.js',
}
