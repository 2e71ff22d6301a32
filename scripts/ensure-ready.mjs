// Installs what is missing and, with --build, compiles what is stale, so that `npm start` and `npm test` need no other step.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Twin Ledger needs Node.js 20.19 or later; this is ${process.version}.`)
  process.exit(1)
}

const newest = (path) =>
  !existsSync(path)
    ? 0
    : statSync(path).isDirectory()
      ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
      : statSync(path).mtimeMs

function run(label, command, args, cwd = root) {
  console.error(`${label} …`)
  const shell = process.platform === 'win32'
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 2, 'inherit'], shell })
  if (status !== 0) {
    console.error(`${label} failed (exit code ${status}). Nothing was started.`)
    process.exit(status ?? 1)
  }
}

function ensureInstalled(folder, label) {
  const marker = join(folder, 'node_modules', '.package-lock.json')
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs) return
  // Not `npm ci`: it refuses a lockfile that was written where a registry lacks a package for some other platform.
  run(label, 'npm', ['install', '--include=dev', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], folder)
}

ensureInstalled(root, 'Installing packages')
if (process.argv.includes('--bench')) {
  ensureInstalled(join(root, 'bench', 'peers'), 'Installing the peers to measure against')
  run('Compiling the benchmarks', 'npx', [
    'swc',
    'src',
    'bench',
    '--ignore',
    'bench/peers',
    '--out-dir',
    'dist-bench',
    '--quiet',
  ])
}
// A command beside a running service must not replace the code under it: it compiles only where there is none yet.
const missing = !existsSync(join(root, 'dist', 'cli.js'))
if (process.argv.includes('--build') || (process.argv.includes('--build-if-missing') && missing)) {
  const output = join(root, 'dist', 'main.js')
  const sources = Math.max(...['src', 'migrations', 'nest-cli.json', '.swcrc'].map((name) => newest(join(root, name))))
  if (newest(output) < sources) run('Compiling', 'npm', ['run', '-s', 'build'])

  const page = join(root, 'web', 'dist', 'index.html')
  const parts = ['index.html', 'public', 'src', 'vite.config.ts'].map((name) => newest(join(root, 'web', name)))
  // The console takes its words and rights from the service's own tables, which lie in many rooms.
  const shared = ['src', 'package-lock.json'].map((name) => newest(join(root, name)))
  if (newest(page) < Math.max(...parts, ...shared)) run('Building the console', 'npm', ['run', '-s', 'build:web'])
}
