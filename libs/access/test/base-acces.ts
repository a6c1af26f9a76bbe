import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import { v7 as uuid } from 'uuid';
import { creerBaseEssai } from '../../../test/support/index.js';
import { ENTITES_ACCES } from '../src/index.js';

/** Two tenants, as the application's role sees them, with a user, a structure and two territories each. */
export interface BaseAcces {
  readonly unite: UniteDeTravail;
  readonly connus: Record<'62' | '99', Connus>;
  fermer(): Promise<void>;
}

interface Connus {
  readonly utilisateurId: string;
  readonly administrateurId: string;
  readonly structureId: string;
  readonly territoireIds: readonly [string, string];
}

export const ISS = 'https://identite.example';
export const SUB = 'personne';

export async function ouvrirBaseAcces(): Promise<BaseAcces> {
  const base = await creerBaseEssai({ departements: ['62', '99'] });
  const source = await creerDataSource({ url: base.urlApp, connexions: 2, entites: ENTITES_ACCES }).initialize();
  const unite = new UniteDeTravail(source);
  return {
    unite,
    connus: { '62': await peupler(unite, '62'), '99': await peupler(unite, '99') },
    fermer: async () => {
      await source.destroy();
      await base.supprimer();
    },
  };
}

async function peupler(unite: UniteDeTravail, departementId: string): Promise<Connus> {
  const [utilisateurId, administrateurId, structureId, un, deux] = [uuid(), uuid(), uuid(), uuid(), uuid()];
  await unite.executer(departementId, async (em) => {
    await em.query(
      `insert into sillage.utilisateur (departement_id, id, iss, sub, libelle, cree_le)
       values ($1, $2, $4, $5, 'Personne', now()), ($1, $3, $4, 'administrateur', 'Administrateur', now())`,
      [departementId, utilisateurId, administrateurId, ISS, SUB],
    );
    await em.query(
      `insert into sillage.structure (departement_id, id, raison_sociale, nature, cree_le, modifie_le)
       values ($1, $2, 'Structure', 'ASSOCIATION', now(), now())`,
      [departementId, structureId],
    );
    await em.query(
      `insert into sillage.territoire (departement_id, id, code, libelle) values ($1, $2, 'UN', 'Un'), ($1, $3, 'DEUX', 'Deux')`,
      [departementId, un, deux],
    );
  });
  return { utilisateurId, administrateurId, structureId, territoireIds: [un, deux] };
}
