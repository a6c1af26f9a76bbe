import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { z } from 'zod';
import { journalDiscret } from './journal.js';
import { ChargeInvalide, JobInconnu, texteDePanne } from './panne.js';

describe('texteDePanne', () => {
  it('dit le genre et le lieu, jamais le message', () => {
    const texte = texteDePanne(new RangeError('Jeanne Dupont a 17 ans'));
    expect(texte).toMatch(/^Erreur imprévue : RangeError, panne\.spec\.ts ligne \d+\.$/);
  });

  it('dit le code, la contrainte et la table d’une erreur SQL, jamais ses valeurs', () => {
    const source = Object.assign(new Error('duplicate key'), {
      code: '23505',
      constraint: 'versement_unique',
      table: 'versement',
      detail: 'Key (nom)=(Dupont) already exists.',
    });
    const texte = texteDePanne(new QueryFailedError('insert into jeune values ($1)', ['Dupont'], source));
    expect(texte).toContain('QueryFailedError, code 23505, contrainte versement_unique, table versement');
    expect(texte).not.toContain('Dupont');
  });

  it('ne se fie ni au nom, ni au code, ni à la pile qu’une erreur se donne', () => {
    const erreur = Object.assign(new Error('x'), { code: 'Jeanne Dupont', constraint: 12 });
    erreur.stack = 'Error: x\n    at Jeanne Dupont:12:3\n    at Jeanne (née Dupont)';
    expect(texteDePanne(erreur)).toBe('Erreur imprévue : Error.');
    expect(texteDePanne('Jeanne Dupont')).toBe('Erreur imprévue, sans description.');
    expect(texteDePanne(undefined)).toBe('Erreur imprévue, sans description.');
  });

  it('cite les chemins d’une charge fausse, et tait ses valeurs comme ses clés étranges', () => {
    const schema = z.record(z.string(), z.strictObject({ id: z.uuid() }));
    const { error } = schema.safeParse({ 'Jeanne Dupont': { id: 'Jeanne' }, ok: {} });
    expect(texteDePanne(new ChargeInvalide(error!))).toBe(
      'La charge ne suit pas la définition du job : ?.id invalid_format, ok.id invalid_type.',
    );
    expect(texteDePanne(new JobInconnu('Aucun exécuteur.'))).toBe('Aucun exécuteur.');
  });
});

describe('journalDiscret', () => {
  it('écrit la première erreur et tait celles qui la suivent aussitôt', () => {
    const lignes: string[] = [];
    const noter = (texte: string): void => void lignes.push(texte);
    const signaler = journalDiscret({ log: noter, warn: noter, error: noter }, 'file essais');
    for (let n = 0; n < 50; n += 1) signaler(new Error('secret'));
    expect(lignes).toHaveLength(1);
    expect(lignes[0]).toMatch(/^file essais : Erreur imprévue/);
    expect(lignes[0]).not.toContain('secret');
  });
});
