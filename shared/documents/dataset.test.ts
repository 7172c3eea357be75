import { describe, expect, it } from 'vitest';
import { seededDocuments } from './dataset';
import { documentSchema } from './document';

const size = { tenants: 20, documentsPerTenant: 500, documentBytes: 1024 };

describe('seededDocuments', () => {
  it('are 10,000 valid documents of twelve fields and about 1 KB, each tenant with its own', () => {
    const documents = [...seededDocuments(size, 42)];
    expect(documents).toHaveLength(10_000);
    expect(new Set(documents.map(({ tenant, id }) => `${tenant}/${id}`)).size).toBe(10_000);
    expect(new Set(documents.map(({ tenant }) => tenant)).size).toBe(20);
    for (const document of documents.slice(0, 100)) {
      expect(documentSchema.parse(document)).toEqual(document);
      expect(Object.keys(document)).toHaveLength(12);
    }
    const bytes = documents.reduce((sum, document) => sum + JSON.stringify(document).length, 0) / documents.length;
    expect(Math.abs(bytes / 1024 - 1)).toBeLessThan(0.01);
  });

  it('are the same for the same seed, and others for another', () => {
    const small = { ...size, tenants: 1, documentsPerTenant: 3 };
    expect([...seededDocuments(small, 1)]).toEqual([...seededDocuments(small, 1)]);
    expect([...seededDocuments(small, 1)]).not.toEqual([...seededDocuments(small, 2)]);
  });
});
