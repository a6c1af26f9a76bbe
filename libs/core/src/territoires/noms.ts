import type { EntityManager } from 'typeorm';
import { Territoire } from './territoire.entity.js';

/** What sentences call the territories of a département, by their codes; a code that names none stands for itself. */
export async function nomsDesTerritoires(em: EntityManager, departementId: string): Promise<(code: string) => string> {
  const territoires = await em.findBy(Territoire, { departementId });
  const noms = new Map(territoires.map(({ code, libelle }) => [code, libelle]));
  return (code) => noms.get(code) ?? code;
}
