import { describe, expect, it } from 'vitest';
import { redactUrl } from '../secrets/redact';
import { engineConfig, engineConfigSchema, settingFields } from './config';
import { describeTier, durabilityOf } from './durability';
import { describeEngine, engineIds } from './engine';
import { allowedAnomalies } from './isolation';

describe('engines', () => {
  it.each(engineIds)('%s is described, has defaults for all its settings, and declares what it promises', (id) => {
    expect(describeEngine(id).name).toBeTruthy();
    const config = engineConfig(id);
    for (const field of settingFields(id)) {
      expect(field.description).toBeTruthy();
      expect(config.options).toHaveProperty(field.name, field.default);
      if (field.type === 'choice') expect(field.choices).toContain(field.default);
    }
    expect(durabilityOf(config).reason).toBeTruthy();
    expect(allowedAnomalies(config)).not.toContain('lost-update');
  });

  it('promise less with settings that trade durability for speed', () => {
    expect(durabilityOf(engineConfig('sqlite')).tier).toBe('power-safe');
    expect(durabilityOf(engineConfig('sqlite', { synchronous: 'normal' })).tier).toBe('process-crash-safe');
    expect(durabilityOf(engineConfig('hybrid', { synchronous: 'normal' })).tier).toBe('process-crash-safe');
    expect(durabilityOf(engineConfig('postgres', { synchronousCommit: 'off' }))).toMatchObject({
      tier: 'bounded-loss',
      maxLossMs: 600,
    });
    expect(durabilityOf(engineConfig('mongodb', { journal: false })).tier).toBe('bounded-loss');
    expect(durabilityOf(engineConfig('memory')).tier).toBe('none');
  });

  it('that keep nothing are called not durable', () => {
    expect((['none', 'bounded-loss'] as const).map(describeTier)).toEqual(['not durable', 'bounded-loss']);
  });

  it('of a document without options have the usual ones', () => {
    expect(engineConfigSchema.parse({ kind: 'engine', engine: 'sqlite' })).toEqual(engineConfig('sqlite'));
  });
});

describe('URLs of databases', () => {
  it.each([
    ['postgres://me:secret@127.0.0.1:5433/db', 'postgres://me:***@127.0.0.1:5433/db'],
    ['postgresql://localhost/db', 'postgresql://localhost/db'],
    ['mongodb://a.example:1,127.0.0.1:2/?x=1', 'mongodb://a.example:1,127.0.0.1:2/?x=1'],
    ['mongodb://me:p%40ss@127.0.0.1/', 'mongodb://me:***@127.0.0.1/'],
    ['mongodb+srv://cluster.example/db', 'mongodb+srv://cluster.example/db'],
  ])('shows %s without its password', (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });
});
