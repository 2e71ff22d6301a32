import { totalmem } from 'node:os'

/** How much of the machine the server may take; `small` is for tests. */
export type ServerSize = 'normal' | 'small'

const MEBIBYTE = 1024 * 1024

/**
 * Settings given on the server's command line, so that they hold whatever the cluster's own files say.
 * Durability is spelt out although it is the default: an acknowledged event must survive a power cut.
 */
export function serverSettings(port: number, size: ServerSize): Record<string, string> {
  const memory = Math.floor(totalmem() / MEBIBYTE)
  const buffers = size === 'small' ? 32 : Math.min(1024, Math.max(64, Math.floor(memory / 8)))
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    // Connections come over loopback with SCRAM; without a socket file there is no shared folder to guard.
    unix_socket_directories: '',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    password_encryption: 'scram-sha-256',
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(memory / 2))}MB`,
    max_connections: '120',
    max_wal_size: size === 'small' ? '256MB' : '2GB',
    checkpoint_completion_target: '0.9',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log names what failed and never the values: no statements, no DETAIL lines.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_line_prefix: '%m [%p] %q%u@%d ',
  }
}
