import { expect, it } from 'vitest';
import { parseTcpTable } from './tcpTable';

const end = '00000000:00000000 00:00000000 00000000     0        0';

it('reads the sockets that listen or are connected', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:102D 00000000:0000 0A ${end} 31576 1 00000000d4acf672 100 0 0 10 0
   1: 0100007F:D431 0100007F:102D 01 ${end.replace('    0 ', ' 1000 ')} 4711 1 0000000000000000 20 4 30 10 -1
   2: 0100007F:102D 0100007F:D432 06 00000000:00000000 03:00000B2A 00000000     0        0 0 3 0000000000000000
`;
  expect(parseTcpTable(table)).toEqual([
    {
      local: { address: '0100007F', port: 4_141 },
      remote: { address: '00000000', port: 0 },
      isListening: true,
      uid: 0,
      inode: '31576',
    },
    {
      local: { address: '0100007F', port: 54_321 },
      remote: { address: '0100007F', port: 4_141 },
      isListening: false,
      uid: 1000,
      inode: '4711',
    },
  ]);
});

it('reads IPv6, and IPv4 in it as the address that the other end has in the table of IPv4', () => {
  const table = `  sl  local_address                         remote_address                        st
   0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A ${end} 1 1 0 100 0 0 10 0
   1: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:D431 01 ${end} 2 1 0 20 4 30 10 -1
`;
  const [listener, connection] = parseTcpTable(table);
  expect(listener).toMatchObject({ local: { address: '00000000000000000000000001000000', port: 8_080 } });
  expect(connection).toMatchObject({
    local: { address: '0100007F', port: 8_080 },
    remote: { address: '0100007F', port: 54_321 },
  });
});
