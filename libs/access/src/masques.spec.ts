import { describe, expect, it } from '@jest/globals';
import { contexte, habiliter } from '../test/arbitraires.js';
import { masquer, masquerChamps } from './masques.js';

const objet = { territoireIds: ['t'], structureId: 's', dispositif: 'd', etat: 'DEPOSEE' };
const valeur = { numero: '2026-0001', contact: 'Prénom Nom', age: 17 };

describe('les masques', () => {
  it('rendent une copie sans les champs nominatifs, sans toucher à l’original', () => {
    expect(masquerChamps(valeur, ['contact', 'age'])).toEqual({ numero: '2026-0001', contact: null, age: null });
    expect(valeur.contact).toBe('Prénom Nom');
  });

  it('tombent pour qui a le droit de voir, et pour lui seul', () => {
    const vu = (role: 'SLAI' | 'SLISL' | 'ADMINISTRATEUR'): unknown =>
      masquer(contexte([habiliter(role, { territoireIds: ['t'] })]), 'Candidature', objet, valeur, ['contact']).contact;
    expect(vu('SLAI')).toBe('Prénom Nom');
    expect(vu('SLISL')).toBeNull();
    expect(vu('ADMINISTRATEUR')).toBeNull();
  });
});
