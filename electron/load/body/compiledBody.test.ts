import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { BodyFields } from '../../../shared/scenario/requestBody';
import { compileTemplate } from '../../../shared/scenario/template';
import type { WireBody } from '../workload/workload';
import { bodyLength, type CompiledBody, compileBody } from './compiledBody';

const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]);

function compiled(fields: BodyFields): CompiledBody {
  const body = compileBody(
    fields,
    (text) => compileTemplate(text),
    (path) => (path === 'a/b.png' ? picture : Buffer.alloc(0)),
  );
  if (!body) throw new RangeError('there is no body');
  return body;
}

const values = { iteration: 3, row: { name: 'a&b "ü"\r\n', plain: 'x' } };

function bytesOf(body: WireBody): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.concat(body);
}

const written = (fields: BodyFields): Buffer => bytesOf(compiled(fields).write(values));

describe('the body of a request', () => {
  it('is none where the request says nothing of it', () => {
    expect(
      compileBody(
        {},
        (text) => compileTemplate(text),
        () => Buffer.alloc(0),
      ),
    ).toBeUndefined();
    expect(bodyLength(undefined)).toBe(0);
  });

  it.each([
    ['text', { body: 'a={{plain}}' }, 'a=x', 'application/x-www-form-urlencoded'],
    ['JSON', { body: { a: '{{name}}' } }, '{"a":"a&b \\"ü\\"\\r\\n"}', 'application/json'],
    ['nothing', { body: '' }, '', undefined],
    [
      'a form',
      { form: { 'a b': '1 & 2', c: ['{{name}}', 7, true], d: '' } },
      'a+b=1+%26+2&c=a%26b+%22%C3%BC%22%0D%0A&c=7&c=true&d=',
      'application/x-www-form-urlencoded',
    ],
  ] satisfies [string, BodyFields, string, string | undefined][])('is %s', (_what, fields, text, type) => {
    const body = compiled(fields);
    expect(body.write(values)).toBe(text);
    expect(body.contentType).toBe(type);
    expect(bodyLength(body.write(values))).toBe(Buffer.byteLength(text));
  });

  it.each([
    ['a file', { bodyFile: 'a/b.png' }],
    ['bytes', { bodyBase64: picture.toString('base64') }],
  ] satisfies [string, BodyFields][])('is %s, as it is and without a copy for each request', (_what, fields) => {
    const body = compiled(fields);
    expect(bytesOf(body.write(values))).toEqual(picture);
    expect(body.write(values)).toBe(body.write(values));
    expect(body).toMatchObject({ contentType: 'application/octet-stream', isConstant: true });
  });

  it('is a form of several parts that a parser of multipart reads', async () => {
    const body = compiled({
      multipart: [
        { name: 'na"me', value: '{{name}}' },
        { name: 'count', value: 3, contentType: 'text/plain' },
        { name: 'picture', file: 'a/b.png', contentType: 'image/png' },
        { name: 'other', file: 'a/b.png', filename: '{{plain}}.bin' },
      ],
    });
    const bytes = body.write(values);
    const type = body.contentType ?? '';
    const form = await new Response(new Uint8Array(bytesOf(bytes)), { headers: { 'Content-Type': type } }).formData();
    const part = async (name: string) => {
      const found = form.get(name);
      if (found === null || typeof found === 'string') return found;
      return [found.name, found.type, Buffer.from(await found.arrayBuffer())];
    };
    expect([...form.keys()]).toEqual(['na"me', 'count', 'picture', 'other']);
    expect(await part('na"me')).toBe('a&b "ü"\r\n');
    expect(await part('count')).toBe('3');
    expect(await part('picture')).toEqual(['b.png', 'image/png', picture]);
    expect(await part('other')).toEqual(['x.bin', 'application/octet-stream', picture]);
    expect(bodyLength(bytes)).toBe(bytesOf(bytes).length);
    // The content of files is not copied.
    expect(typeof bytes === 'object' && bytes.filter((piece) => piece === picture)).toHaveLength(2);
    expect(body.isConstant).toBe(false);
  });

  it.each([
    ['text', { body: 'a={{plain}}' }],
    ['a file', { bodyFile: 'a/b.png' }],
    ['a form of parts', { multipart: [{ name: 'a', value: 'b' }] }],
  ] satisfies [string, BodyFields][])('of %s is compressed where it is to be', (_what, fields) => {
    const body = compiled({ ...fields, gzip: true });
    expect(body.isGzip).toBe(true);
    const plain = gunzipSync(bytesOf(body.write(values)));
    if ('multipart' in fields) expect(String(plain)).toContain('name="a"\r\n\r\nb\r\n');
    else expect(plain).toEqual(written(fields));
  });

  it('is compressed once where it is the same each time', () => {
    const same = compiled({ body: 'abc', gzip: true });
    expect(same.write(values)).toBe(same.write(values));
  });
});
