import { describe, expect, it } from 'vitest';
import { connectionFailure } from './connectionFailure';
import { targetUnreachable } from './unreachable';

const origin = { hostname: 'shop.test', port: 8443 };

function systemError(code: string): Error {
  return Object.assign(new Error(`it failed: ${code}`), { code });
}

describe('connectionFailure', () => {
  it.each([
    ['ECONNREFUSED', 'connection-refused'],
    ['ENOENT', 'connection-refused'],
    ['EPIPE', 'connection-reset'],
    ['ENOTFOUND', 'host-unknown'],
    ['EAI_AGAIN', 'host-unknown'],
    ['EMFILE', 'out-of-files'],
    ['ENFILE', 'out-of-files'],
    ['EADDRNOTAVAIL', 'out-of-ports'],
    ['EADDRINUSE', 'out-of-ports'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-invalid'],
    ['CERT_HAS_EXPIRED', 'certificate-invalid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-invalid'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
    ['ESOMETHING', 'connection-failed'],
  ])('calls %s %s', (code, kind) => {
    expect(connectionFailure(systemError(code), false)).toBe(kind);
  });

  it('blames TLS for what nobody knows in the middle of a handshake', () => {
    expect(connectionFailure(systemError('ESOMETHING'), true)).toBe('tls-failed');
  });
});

describe('targetUnreachable', () => {
  it.each([
    ['ECONNREFUSED', 'nothing listens there', 'the service is running'],
    ['ENOTFOUND', 'the host shop.test is not known', 'spelling'],
    ['EHOSTUNREACH', 'no route to shop.test:8443', 'network'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'is self-signed', 'trust it'],
    ['CERT_HAS_EXPIRED', 'has expired', 'renew'],
    ['CERT_NOT_YET_VALID', 'is not valid yet', 'clock'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'is for another name than shop.test', 'name'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'an authority that is not known', 'trust the authority'],
    ['CERT_REVOKED', 'it failed: CERT_REVOKED', 'correct it'],
    ['EPROTO', 'does not speak TLS', 'http://'],
    ['EMFILE', 'this process may open', 'ulimit -n'],
    ['EADDRNOTAVAIL', 'no free port', 'wait'],
    ['ETIMEDOUT', 'did not accept a connection in time', 'firewall'],
  ])('says what %s means and what to do', (code, cause, remedy) => {
    const error = systemError(code);
    const {
      code: identity,
      message,
      hint,
      details,
    } = targetUnreachable(origin, connectionFailure(error, false), error);
    expect(identity).toBe('target-unreachable');
    expect(message).toContain(cause);
    expect(hint).toContain(remedy);
    expect(details?.about).toBe(message.startsWith('the certificate') ? 'certificate' : undefined);
  });

  it('names the socket where there is one', () => {
    const { message, hint } = targetUnreachable(
      { ...origin, socketPath: '/run/shop.sock' },
      'connection-refused',
      undefined,
    );
    expect(message).toContain('/run/shop.sock');
    expect(hint).toContain('socket');
  });
});
