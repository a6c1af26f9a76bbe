import type { ContexteActeur } from '@sillage/access';
import type { Temporal } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Cotation } from './cotation.entity.js';
import type { GesteCotation } from './cotation.policy.js';
import type { NoteLue } from './cotation.saisie.js';

/** What each kind of line changes of its item. */
const CHANGEMENTS = {
  preuve: `set preuve = d.texte from jsonb_to_recordset($3::jsonb) d (item text, texte text)`,
  observation: `set observation = d.texte from jsonb_to_recordset($3::jsonb) d (item text, texte text)`,
  notes: `set points = d.points, sous_points = d."sousPoints", motif = d.motif
    from jsonb_to_recordset($3::jsonb) d (item text, points integer, "sousPoints" jsonb, motif text)`,
} as const;

/** Writes lines of a cotation in one statement. */
export async function ecrireItems(
  em: EntityManager,
  { departementId, id }: Pick<Cotation, 'departementId' | 'id'>,
  genre: keyof typeof CHANGEMENTS,
  lignes: readonly ({ item: string; texte: string } | NoteLue)[],
): Promise<void> {
  await em.query(
    `update sillage.cotation_item i ${CHANGEMENTS[genre]}
     where i.departement_id = $1 and i.cotation_id = $2 and i.item = d.item`,
    [departementId, id, JSON.stringify(lignes)],
  );
}

/** Keeps what a cotation has become, after each gesture: nothing of it changes any more. */
export async function archiver(
  em: EntityManager,
  { departementId, acteur }: ContexteActeur,
  { id, geste, le }: { id: string; geste: GesteCotation; le: Temporal.Instant },
): Promise<void> {
  await em.query(
    `insert into sillage.cotation_version (departement_id, id, cotation_id, version, geste, etat, score, items, le, par)
     select c.departement_id, $6, c.id, c.version, $3, c.etat, c.score,
       (select jsonb_agg(jsonb_build_object('item', i.item, 'preuve', i.preuve, 'points', i.points,
           'sousPoints', i.sous_points, 'motif', i.motif, 'observation', i.observation) order by i.id)
         from sillage.cotation_item i where i.departement_id = c.departement_id and i.cotation_id = c.id),
       $4::timestamptz, $5
     from sillage.cotation c where c.departement_id = $1 and c.id = $2`,
    [departementId, id, geste, le.toString(), acteur.utilisateurId, uuidv7()],
  );
}
