import { type Champs, type Dispositif, lireValeurs, type TermesEnVigueur } from '@sillage/dispositif-kit';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { Avenant } from './avenant.entity.js';
import type { Convention } from './convention.entity.js';

type AvenantSigne = Pick<Avenant, 'effetLe' | 'termes' | 'champs' | 'avant'>;
type ConventionChangee = Pick<Convention, 'departementId' | 'id' | 'du' | 'termes'>;

/** The signed avenants of conventions, in the order of their signatures: one is signed, or given up, before the next is prepared. */
export async function avenantsSignes(
  em: EntityManager,
  conventions: readonly Pick<Convention, 'departementId' | 'id'>[],
): Promise<(conventionId: string) => readonly AvenantSigne[]> {
  const departementId = conventions[0]?.departementId ?? '';
  const signes = await em.find(Avenant, {
    where: { departementId, conventionId: In(conventions.map(({ id }) => id)), etat: 'SIGNE' },
    order: { id: 'ASC' },
  });
  const parConvention = new Map<string, Avenant[]>();
  for (const signe of signes) {
    parConvention.set(signe.conventionId, [...(parConvention.get(signe.conventionId) ?? []), signe]);
  }
  return (id) => parConvention.get(id) ?? [];
}

/** What a convention committed to, and since when (AMB-190): as first signed, then by each avenant from its effective day on. */
export function termesSuccessifs(
  { convention: { termes: declares } }: Dispositif,
  { du, termes }: ConventionChangee,
  avenants: readonly AvenantSigne[],
): TermesEnVigueur<Champs>[] {
  const lire = (donnees: unknown) => lireValeurs(declares, donnees, ['termes']);
  const premiers = { du, termes: lire(avenants[0]?.avant.termes ?? termes) };
  return [premiers, ...avenants.map((avenant) => ({ du: avenant.effetLe, termes: lire(avenant.termes) }))];
}

/** What was asked for, as the candidature said it and signed avenants have changed it since, in its stored form. */
export function champsEnVigueur(
  candidature: { readonly champs: Record<string, unknown> },
  avenants: readonly Pick<Avenant, 'champs'>[],
): Record<string, unknown> {
  return Object.assign({}, candidature.champs, ...avenants.map(({ champs }) => champs)) as Record<string, unknown>;
}
