import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { motsDePasse } from './secrets.js';

describe('motsDePasse', () => {
  let dossier: string;
  beforeEach(() => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-secrets-'));
  });
  afterEach(() => rmSync(dossier, { recursive: true }));

  it('tire trois mots de passe différents, une fois, lisibles de leur seul propriétaire', () => {
    const tires = motsDePasse(dossier);
    expect(new Set(Object.values(tires)).size).toBe(3);
    expect(motsDePasse(dossier)).toEqual(tires);
    expect(statSync(join(dossier, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '{"app":"x"}'])('refuse un fichier abîmé : %j', (contenu) => {
    writeFileSync(join(dossier, 'secrets.json'), contenu);
    expect(() => motsDePasse(dossier)).toThrow(/illisible.*--reset/);
  });
});
