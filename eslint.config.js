import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** Math functions whose last bit differs between V8 versions; models use @stdlib instead (src/models/numerics). */
const exactMath = ['abs', 'min', 'max', 'floor', 'ceil', 'trunc', 'sign', 'sqrt', 'imul', 'fround', 'PI', 'E']

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'dist-*/**',
      'web/dist/**',
      'node_modules/**',
      'coverage/**',
      'bench/peers/**',
      '.twin-ledger/**',
    ],
  },
  ...tseslint.configs.recommended,
  { languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { disallowTypeAnnotations: false, fixStyle: 'inline-type-imports' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['tests/**/*.ts', 'bench/**/*.ts'], rules: { 'max-lines': 'off' } },
  {
    // The console runs in a browser, and its files are kept to one screenful or two.
    files: ['web/src/**/*.{ts,tsx}'],
    languageOptions: { globals: globals.browser },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Nest's dependency injection reads constructor parameter types at run time.
    files: ['src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['src/models/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'BinaryExpression[operator="**"]',
          message: 'Use pow from src/models/numerics: ** is not the same on every platform.',
        },
        {
          selector: `MemberExpression[object.name="Math"]:not([property.name=/^(${exactMath.join('|')})$/])`,
          message: 'Only exact Math functions in model code; take the others from src/models/numerics.',
        },
        { selector: 'NewExpression[callee.name="Date"]', message: 'Model code has no clock.' },
        { selector: 'CallExpression[callee.object.name="Date"]', message: 'Model code has no clock.' },
      ],
    },
  },
)
