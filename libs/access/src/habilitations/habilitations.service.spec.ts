import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dateCivile, horlogeFixe, Refus } from '@sillage/kernel';
import type { Role } from '@sillage/kernel';
import type { BaseAcces } from '../../test/base-acces.js';
import { ouvrirBaseAcces } from '../../test/base-acces.js';
import type { Habilitation } from '../acteur.js';
import type { DemandeHabilitation } from './controler-habilitation.js';
import { HabilitationEntity } from './entites.js';
import { Habilitations } from './habilitations.service.js';

let base: BaseAcces;
beforeAll(async () => {
  base = await ouvrirBaseAcces();
});
afterAll(() => base.fermer());

const horloge = horlogeFixe('2026-02-01T10:00:00+01:00');
const habilitations = new Habilitations(horloge);

const auteur = (departementId: '62' | '99' = '62'): { departementId: string; utilisateurId: string } => ({
  departementId,
  utilisateurId: base.connus[departementId].administrateurId,
});

function demande(role: Role, autres: Partial<DemandeHabilitation> = {}): DemandeHabilitation {
  return {
    utilisateurId: base.connus['62'].utilisateurId,
    role,
    structureId: null,
    territoireIds: [],
    dispositifs: [],
    du: dateCivile('2026-01-01'),
    au: null,
    ...autres,
  };
}

const accorder = (voulue: DemandeHabilitation, qui = auteur()): Promise<Habilitation> =>
  base.unite.executer('62', (em) => habilitations.accorder(em, qui, voulue));

async function fautes(promesse: Promise<unknown>): Promise<string[]> {
  const erreur = await promesse.then(
    () => null,
    (raison: unknown) => raison,
  );
  expect(erreur).toBeInstanceOf(Refus);
  return (erreur as Refus).erreurs.map(({ code, path }) => `${code} ${path.join('.')}`);
}

describe('accorder', () => {
  it('écrit le rôle, ses territoires, ses dispositifs, qui et quand', async () => {
    const { territoireIds } = base.connus['62'];
    const voulue = demande('SLAI', {
      territoireIds: [...territoireIds, territoireIds[0]],
      dispositifs: ['b-test', 'a-test'],
      au: dateCivile('2026-12-31'),
    });
    const accordee = await accorder(voulue);
    expect(accordee).toMatchObject({ role: 'SLAI', dispositifs: ['a-test', 'b-test'], structureId: null });
    expect(accordee.territoireIds).toEqual([...territoireIds].sort());
    const ligne = await base.unite.lecture('62', (em) =>
      em.findOneByOrFail(HabilitationEntity, { departementId: '62', id: accordee.id }),
    );
    expect(ligne).toMatchObject({
      du: '2026-01-01',
      au: '2026-12-31',
      accordeeLe: new Date('2026-02-01T09:00:00Z'),
      accordeePar: base.connus['62'].administrateurId,
      revoqueeLe: null,
    });
  });

  it.each<[Role, () => Partial<DemandeHabilitation>, string]>([
    ['SLAI', () => ({}), 'CHAMP_OBLIGATOIRE territoireIds'],
    ['ASSOCIATION', () => ({}), 'CHAMP_OBLIGATOIRE structureId'],
    ['SIEGE', () => ({ territoireIds: base.connus['62'].territoireIds }), 'VALEUR_INVALIDE territoireIds'],
    ['SIEGE', () => ({ structureId: base.connus['62'].structureId }), 'VALEUR_INVALIDE structureId'],
    ['SIEGE', () => ({ au: dateCivile('2025-12-31') }), 'PERIODE_INVALIDE au'],
    [
      'SIEGE',
      () => ({ utilisateurId: base.connus['62'].administrateurId }),
      'AUTEUR_VALIDEUR_IDENTIQUES utilisateurId',
    ],
    ['SIEGE', () => ({ utilisateurId: base.connus['99'].utilisateurId }), 'INTROUVABLE utilisateurId'],
    ['ASSOCIATION', () => ({ structureId: base.connus['99'].structureId }), 'INTROUVABLE structureId'],
    [
      'SLAI',
      () => ({ territoireIds: [...base.connus['62'].territoireIds, base.connus['99'].territoireIds[0]] }),
      'INTROUVABLE territoireIds',
    ],
  ])('%s refusé : cas %#', async (role, autres, attendu) => {
    expect(await fautes(accorder(demande(role, autres())))).toEqual([attendu]);
  });

  it('dit toutes les fautes à la fois', async () => {
    const voulue = demande('BAILLEUR', {
      territoireIds: base.connus['62'].territoireIds,
      au: dateCivile('2025-01-01'),
    });
    expect(await fautes(accorder(voulue))).toEqual([
      'VALEUR_INVALIDE territoireIds',
      'CHAMP_OBLIGATOIRE structureId',
      'PERIODE_INVALIDE au',
    ]);
  });
});

describe('révoquer', () => {
  it('note qui et quand, une fois, et seulement dans son département', async () => {
    const { id } = await accorder(
      demande('SLAI', { territoireIds: base.connus['62'].territoireIds, dispositifs: ['a-test'] }),
    );
    const revoquer = (departementId: '62' | '99'): Promise<Habilitation> =>
      base.unite.executer(departementId, (em) => habilitations.revoquer(em, auteur(departementId), id));

    expect(await fautes(revoquer('99'))).toEqual(['INTROUVABLE habilitationId']);
    expect(await revoquer('62')).toMatchObject({ id, role: 'SLAI', dispositifs: ['a-test'] });
    expect(await fautes(revoquer('62'))).toEqual(['ETAT_INCOMPATIBLE habilitationId']);
    const ligne = await base.unite.lecture('62', (em) =>
      em.findOneByOrFail(HabilitationEntity, { departementId: '62', id }),
    );
    expect(ligne).toMatchObject({
      revoqueeLe: new Date('2026-02-01T09:00:00Z'),
      revoqueePar: base.connus['62'].administrateurId,
    });
  });
});
