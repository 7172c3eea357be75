import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedResponse } from './malformedResponse';
import { ResponseParser } from './responseParser';

interface Parsed {
  status: number;
  body: string;
  keepAlive: boolean;
  timing: string | undefined;
}

/** All reads use the same buffer, as in a connection: bytes that are not copied are overwritten. */
const readBuffer = Buffer.alloc(128 * 1024);

/** Pushes the bytes in the given pieces. Returns the response, if they complete one. */
function parseInPieces(
  bytes: Buffer,
  cuts: readonly number[],
  method = 'GET',
  closed = false,
  parser = new ResponseParser(),
): Parsed | undefined {
  parser.expect(method);
  const positions = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  let complete = false;
  for (let index = 1; index < positions.length; index += 1) {
    const piece = bytes.subarray(positions[index - 1], positions[index]);
    if (complete) throw new Error('complete before its last byte');
    readBuffer.fill(0x0d);
    piece.copy(readBuffer);
    complete = parser.push(readBuffer, piece.length);
  }
  if (!complete && !(closed && parser.end())) return undefined;
  return {
    status: parser.status,
    body: parser.text(),
    keepAlive: parser.keepAlive,
    timing: parser.header('server-timing'),
  };
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const body = fc.string({ maxLength: 200, unit: 'binary' }).map((text) => Buffer.from(text));

function chunked(content: Buffer, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let from = 0; from < content.length; from += size) {
    const part = content.subarray(from, from + size);
    parts.push(Buffer.from(`${part.length.toString(16)};ext=1\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\nX-Trailer: 1\r\n\r\n')]);
}

describe('ResponseParser', () => {
  it('reads a body of known length, however the bytes are cut', () => {
    fc.assert(
      fc.property(body, cuts, (content, where) => {
        const head = `HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\nServer-Timing: a;dur=1\r\nserver-timing: b;dur=2\r\n\r\n`;
        const response = parseInPieces(Buffer.concat([Buffer.from(head), content]), where);
        expect(response?.body).toBe(content.toString());
        expect(response?.timing).toBe('a;dur=1, b;dur=2');
        expect(response?.keepAlive).toBe(true);
      }),
    );
  });

  it('reads a chunked body, however the bytes are cut', () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 1, max: 64 }), cuts, (content, size, where) => {
        const head = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        const response = parseInPieces(Buffer.concat([head, chunked(content, size)]), where);
        expect(response?.body).toBe(content.toString());
      }),
    );
  });

  it('visits the values of a header, however often it comes', () => {
    const parser = new ResponseParser();
    const text =
      'HTTP/1.1 200 OK\r\nServer-Timing: a;dur=1\r\nContent-Length: 0\r\nserver-timing:b;dur=2 \r\nEmpty:\r\n\r\n';
    parseInPieces(Buffer.from(text), [], 'GET', false, parser);
    const visited = (name: string): string[] => {
      const values: string[] = [];
      parser.visitValues(name, (bytes, from, to) => values.push(bytes.toString('latin1', from, to)));
      return values;
    };
    expect(['server-timing', 'empty', 'missing'].map(visited)).toEqual([['a;dur=1', 'b;dur=2'], [''], []]);
  });

  it('numbers heads: one that equals the last has its number, any other has one of its own', () => {
    const [one, other] = [new ResponseParser(), new ResponseParser()];
    const numberOf = (parser: ResponseParser, value: number): number => {
      const text = `HTTP/1.1 200 OK\r\nX: ${value}\r\nContent-Length: 0\r\n\r\n`;
      parseInPieces(Buffer.from(text), [], 'GET', false, parser);
      return parser.headNumber;
    };
    const first = numberOf(one, 1);
    const again = numberOf(one, 1);
    expect(again).toBe(first);
    const numbers = [first, numberOf(one, 2), numberOf(other, 1), numberOf(one, 1)];
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('lists all headers as they came', () => {
    const parser = new ResponseParser();
    const head = 'HTTP/1.1 200 OK\r\nX-One:  a \r\nset-cookie: b=1\r\nset-cookie: c=2\r\nContent-Length: 0\r\n\r\n';
    parseInPieces(Buffer.from(head), [], 'GET', false, parser);
    expect(parser.headers()).toEqual([
      ['X-One', 'a'],
      ['set-cookie', 'b=1'],
      ['set-cookie', 'c=2'],
      ['Content-Length', '0'],
    ]);
  });

  it('reads a body that ends with the connection', () => {
    const response = parseInPieces(Buffer.from('HTTP/1.1 200 OK\r\n\r\nall of it'), [20, 25], 'GET', true);
    expect([response?.body, response?.keepAlive]).toEqual(['all of it', false]);
  });

  it.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n'],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n'],
  ])('knows that an answer to %s may have no body', (method, text) => {
    expect(parseInPieces(Buffer.from(text), [], method)?.body).toBe('');
  });

  it('reads one response after the other on the same connection, of whatever kind', () => {
    const head = 'HTTP/1.1 200 OK\r\nServer-Timing: a;dur=1\r\n';
    const kinds = [
      [`${head}Content-Length: 3\r\n\r\nabc`, 'abc'],
      [`${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`, 'abc'],
      // Some servers write every chunk size with a fixed number of digits.
      [`${head}Transfer-Encoding: chunked\r\n\r\n0000000000000003\r\nabc\r\n0000000000000000\r\n\r\n`, 'abc'],
      ['HTTP/1.1 204 No Content\r\n\r\n', ''],
      [`HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${head}Content-Length: 1\r\n\r\nx`, 'x'],
    ] as const;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...kinds), cuts), { maxLength: 8 }), (responses) => {
        const parser = new ResponseParser();
        for (const [[text, content], where] of responses) {
          const parsed = parseInPieces(Buffer.from(text), where, 'GET', false, parser);
          expect(parsed?.body).toBe(content);
          expect(parsed?.timing).toBe(text.includes('Server-Timing') ? 'a;dur=1' : undefined);
        }
      }),
    );
  });

  it('throws a body away that nobody looks at, and still finds its end', () => {
    const parser = new ResponseParser();
    const text = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello');
    parser.expect('GET', false);
    expect(parser.push(text.subarray(0, 42), 42)).toBe(false);
    expect(parser.push(text.subarray(42), text.length - 42)).toBe(true);
    expect(parser.text()).toBe('');
  });

  it('skips interim responses', () => {
    const text =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n';
    fc.assert(
      fc.property(cuts, (where) => {
        expect(parseInPieces(Buffer.from(text), where)?.status).toBe(201);
      }),
    );
  });

  it.each([
    ['HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', false],
    ['HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n', true],
  ])('knows whether the connection goes on: %j', (text, keepAlive) => {
    expect(parseInPieces(Buffer.from(text), [])?.keepAlive).toBe(keepAlive);
  });

  it.each([
    'SSH-2.0-OpenSSH_9.2\r\n\r\n',
    'HTTP/2 200\r\n\r\n',
    'HTTP/1.1 20 OK\r\n\r\n',
    'HTTP/1.1 200 OK\r\nno colon here\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok',
    'HTTP/1.1 200 OK\r\nContent-Length : 2\r\nContent-Length:\r\n 3\r\n\r\nok',
    'HTTP/1.1 200 OK\r\n folded: 1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nX: a\rY: b\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0100000000\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n',
    'HTTP/1.1 101 Switching Protocols\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab',
    'HTTP/1.1 200 OK\r\nX: a\u0000b\r\n\r\n',
    'HTTP/1.1 200 OK\r\nX Y: a\r\n\r\n',
    'HTTP/1.1 200 OK\r\n: a\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(70_000)}`,
  ])('refuses what is not an answer: %j', (text) => {
    expect(() => parseInPieces(Buffer.from(text), [])).toThrow(MalformedResponse);
  });

  it('takes what curl takes, however the bytes are cut: other line ends, folds, blanks, and many headers', () => {
    const lineEnd = fc.constantFrom('\r\n', '\n');
    const blank = fc.constantFrom('', ' ', '\t', ' \t ');
    const value = fc.string({ maxLength: 12 }).map((text) => text.replace(/[^!-~]/g, 'x'));
    const header = fc.tuple(value, blank, blank, fc.option(value), lineEnd);
    const answers = fc.record({
      before: fc.constantFrom('', '\r\n', '\n'),
      reason: fc.constantFrom('', ' ', ' OK'),
      headers: fc.array(header, { maxLength: 300 }),
      framing: fc.constantFrom('length', 'chunked', 'gzip'),
      end: lineEnd,
      after: fc.constantFrom('', '\r\n', '\n'),
      where: cuts,
    });
    fc.assert(
      fc.property(answers, ({ before, reason, headers, framing, end, after, where }) => {
        const lines = headers.map(
          ([text, left, right, fold, feed], index) =>
            `X-${index}${left}:${right}${text}${fold === null ? '' : `${feed} ${fold}`}${feed}`,
        );
        const framed = {
          length: `Content-Length:${end} 2${end}${end}ok`,
          chunked: `Transfer-Encoding : Chunked${end}${end}2;x=y${end}ok${end}0${end}X-T: 1${end}${end}`,
          gzip: `Transfer-Encoding: gzip, chunked${end}${end}1${end}o${end}1${end}k${end}0${end}${end}`,
        }[framing];
        const parser = new ResponseParser();
        const text = `${before}HTTP/1.1 200${reason}${end}${lines.join('')}${framed}`;
        for (let turn = 0; turn < 2; turn += 1) {
          expect(parseInPieces(Buffer.from(text), where, 'GET', false, parser)?.body).toBe('ok');
          headers.forEach(([first, , , fold], index) => {
            const got = parser.header(`x-${index}`)?.replace(/\s+/g, ' ');
            expect(got).toBe(fold === null ? first : `${first} ${fold}`.trim());
          });
        }
        parser.expect('GET');
        expect(parser.push(Buffer.from(text + after), text.length + after.length)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('reads a body in an unknown coding to the end of the connection', () => {
    const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nraw';
    expect(parseInPieces(Buffer.from(text), [], 'GET', true)).toMatchObject({ body: 'raw', keepAlive: false });
  });

  it('knows in which read an answer began: neither empty lines nor interim answers begin it', () => {
    const began = (...reads: string[]): boolean[] => {
      const parser = new ResponseParser();
      parser.expect('GET');
      return reads.map((text) => {
        parser.push(Buffer.from(text), text.length);
        return parser.began;
      });
    };
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n';
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    expect(began(answer)).toEqual([true]);
    expect(began(answer.slice(0, 9), answer.slice(9))).toEqual([true, false]);
    expect(began(hints, answer.slice(0, -1), 'k')).toEqual([false, true, false]);
    expect(began(hints + answer)).toEqual([true]);
    expect(began(hints.slice(0, 9), hints.slice(9) + answer)).toEqual([true, true]);
    expect(began(hints.slice(0, 9), hints.slice(9), answer)).toEqual([true, false, true]);
    expect(began('\r\n', answer)).toEqual([false, true]);
  });

  it('throws nothing but MalformedResponse and never completes twice, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, withHead) => {
        const head = withHead ? 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n' : '';
        try {
          parseInPieces(Buffer.concat([Buffer.from(head), Buffer.from(bytes)]), [7, 60]);
        } catch (error) {
          if (
            !(error instanceof MalformedResponse) &&
            !(error instanceof Error && error.message.startsWith('complete'))
          )
            throw error;
        }
      }),
    );
  });
});
