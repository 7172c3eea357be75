import { describe, expect, it } from 'vitest';
import { mongoClient, mongoServer } from './mongoConnection';

describe('a connection to MongoDB', () => {
  it.each([
    'mongodb://127.0.0.1:27018/',
    'mongodb://127.0.0.1:27018/?replicaSet=rs0',
    'mongodb://127.0.0.1:27018/?directConnection=false&replicaSet=rs0',
  ])('stays with the server of %s, whatever others it tells of', (url) => {
    const { options } = mongoClient({ url }, {});
    expect(options.directConnection).toBe(true);
    expect(options.hosts.map(String)).toEqual(['127.0.0.1:27018']);
  });

  it('to a load balancer is one, which tells of no others', () => {
    const { options } = mongoClient({ url: 'mongodb://127.0.0.1/?loadBalanced=true' }, {});
    expect(options).toMatchObject({ loadBalanced: true, directConnection: false });
  });

  it('asks nobody but who was admitted', async () => {
    const place = { url: 'mongodb://DB.test/?lookup=x', addresses: { 'db.test': ['127.0.0.1'] } };
    const { options } = mongoClient(place, {});
    const address = await new Promise((settle) => options.lookup?.('db.test', {}, (_error, found) => settle(found)));
    expect(address).toBe('127.0.0.1');
    expect(() => mongoClient({ url: 'mongodb://db.test/' }, {})).toThrow(
      expect.objectContaining({ code: 'remote-not-allowed' }),
    );
    expect(() => mongoClient({ url: 'mongodb://0.0.0.0/' }, {})).toThrow(
      expect.objectContaining({ code: 'remote-not-allowed' }),
    );
  });

  it.each([
    ['mongodb+srv://cluster.test/', /leaves it to the name service/],
    ['mongodb://127.0.0.1:1,127.0.0.1:2/', /names several servers/],
    ['mongodb://127.0.0.1:1,192.0.2.1:2/?replicaSet=rs0', /names several servers/],
    ['mongodb://127.0.0.1/?proxyHost=192.0.2.1', /names a proxy/],
    ['mongodb://127.0.0.1/?PROXYHOST=192.0.2.1&proxyPort=1', /names a proxy/],
    ['mongodb://127.0.0.1/?authMechanism=MONGODB-AWS', /MONGODB-AWS/],
    [
      'mongodb://127.0.0.1/?authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:azure,TOKEN_RESOURCE:x',
      /OIDC/,
    ],
    ['mongodb://me%40x@127.0.0.1/?authMechanism=GSSAPI&authSource=%24external', /GSSAPI/],
    ['mongodb://127.0.0.1:0/', /cannot be used/],
    ['mongodb://a%20b.test/', /not a host name/],
  ])('is refused for %s, which leads elsewhere or nowhere', (url, reason) => {
    expect(() => mongoServer(url)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => mongoClient({ url }, {})).toThrow(reason);
  });

  it('says what is wrong with a URL without its password', () => {
    expect(() => mongoServer('mongodb://me:secret/x@127.0.0.1/')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});
