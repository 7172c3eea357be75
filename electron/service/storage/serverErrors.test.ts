import { MongoNetworkError, MongoNetworkTimeoutError, MongoServerError, MongoServerSelectionError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { toStorageError as fromMongo } from './mongodb/mongoErrors';
import { toStorageError as fromPostgres } from './postgres/postgresErrors';
import { StorageError } from './storageError';

function kindOf(error: unknown): string {
  return error instanceof StorageError ? error.kind : 'a defect';
}

describe('errors of PostgreSQL', () => {
  it.each([
    ['23505', 'unique-violation'],
    ['40001', 'conflict'],
    ['40P01', 'conflict'],
    ['42501', 'tenant-denied'],
    ['57014', 'timeout'],
    ['55P03', 'timeout'],
    ['57P01', 'unavailable'],
    ['53300', 'unavailable'],
    ['08006', 'unavailable'],
    ['42601', 'a defect'],
    ['25P02', 'a defect'],
  ])('%s is %s', (code, kind) => {
    expect(kindOf(fromPostgres(Object.assign(new Error('it happened'), { code })))).toBe(kind);
  });

  it.each([
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'unavailable'],
    [new Error('Connection terminated unexpectedly'), 'unavailable'],
    [new Error('Client has encountered a connection error and is not queryable'), 'unavailable'],
    [new Error('timeout exceeded when trying to connect'), 'timeout'],
    [new Error('Query read timeout'), 'timeout'],
    [new AggregateError([new Error('::1'), new Error('127.0.0.1')]), 'unavailable'],
  ])('without a code: %s', (error, kind) => {
    expect(kindOf(fromPostgres(error))).toBe(kind);
  });
});

describe('errors of MongoDB', () => {
  it.each([
    [11_000, 'unique-violation'],
    [112, 'conflict'],
    [251, 'conflict'],
    [13, 'tenant-denied'],
    [50, 'timeout'],
    [91, 'unavailable'],
    [189, 'unavailable'],
    [11_600, 'unavailable'],
    [20, 'not-supported'],
    [263, 'not-supported'],
    [59, 'a defect'],
  ])('%i is %s', (code, kind) => {
    expect(kindOf(fromMongo(new MongoServerError({ code, message: 'it happened' })))).toBe(kind);
  });

  it('a label of the server makes a conflict, a lost connection makes it unavailable', () => {
    const labelled = new MongoServerError({
      code: 246,
      message: 'snapshot',
      errorLabels: ['TransientTransactionError'],
    });
    expect(kindOf(fromMongo(labelled))).toBe('conflict');
    expect(kindOf(fromMongo(new MongoNetworkError('gone')))).toBe('unavailable');
    expect(kindOf(fromMongo(new MongoNetworkTimeoutError('too late')))).toBe('timeout');
    expect(kindOf(fromMongo(new MongoServerSelectionError('nobody', Object.create(null))))).toBe('unavailable');
  });
});
