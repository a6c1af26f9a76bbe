import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cleMaitre, FICHIER_CLE_MAITRE, motsDePasse } from './secrets.js';

let dossier: string;
beforeEach(() => {
  dossier = mkdtempSync(join(tmpdir(), 'sillage-secrets-'));
});
afterEach(() => rmSync(dossier, { recursive: true }));

describe('motsDePasse', () => {
  it('tire un mot de passe par rôle, une fois, lisibles de leur seul propriétaire', () => {
    const tires = motsDePasse(dossier);
    expect(new Set(Object.values(tires)).size).toBe(5);
    expect(motsDePasse(dossier)).toEqual(tires);
    expect(statSync(join(dossier, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('complète ceux d’avant, sans les changer', () => {
    const anciens = { proprietaire: 'a', app: 'b', file: 'c' };
    writeFileSync(join(dossier, 'secrets.json'), JSON.stringify(anciens));
    const mots = motsDePasse(dossier);
    expect(mots).toMatchObject({ ...anciens, jobs: expect.any(String), statistiques: expect.any(String) });
    expect(motsDePasse(dossier)).toEqual(mots);
  });

  it.each(['', '{', '{"app":"x"}'])('refuse un fichier abîmé : %j', (contenu) => {
    writeFileSync(join(dossier, 'secrets.json'), contenu);
    expect(() => motsDePasse(dossier)).toThrow(/illisible.*--reset/);
  });
});

describe('cleMaitre', () => {
  it('tire 32 octets, une fois, lisibles de leur seul propriétaire', () => {
    const tiree = cleMaitre(dossier);
    expect(Buffer.from(tiree, 'base64')).toHaveLength(32);
    expect(cleMaitre(dossier)).toBe(tiree);
    expect(statSync(join(dossier, FICHIER_CLE_MAITRE)).mode & 0o777).toBe(0o600);
  });
});
