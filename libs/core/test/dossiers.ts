import { v7 as uuidv7 } from 'uuid';
import type { Banc } from './banc.js';

/** A candidature and its signed convention, written straight into the tables: what other capabilities would have left. */
export interface DossierEssai {
  appelId: string;
  candidatureId: string;
  conventionId: string;
}

export interface OptionsDossier {
  appelId: string;
  territoireIds: readonly string[];
  etat?: string;
  readonly dispositif?: string;
  /** Also a convention, until this day, with one proposed payment. */
  au?: string;
}

export async function ecrireDossier(
  banc: Banc,
  departementId: '62' | '99',
  { appelId, territoireIds, dispositif = 'essai', etat = 'VALIDEE', au }: OptionsDossier,
): Promise<DossierEssai> {
  const porteur = await banc.acteur('ASSOCIATION', { departementId });
  const { utilisateurId, habilitations } = porteur.acteur;
  const structureId = habilitations[0]!.structureId;
  const [candidatureId, conventionId] = [uuidv7(), uuidv7()];
  await banc.unites.executer(departementId, async (em) => {
    await em.query(
      `insert into sillage.candidature (departement_id, id, numero, appel_id, dispositif, structure_id, etat, champs, version,
         cree_le, cree_par, modifie_le) values ($1, $2, $3, $4, $8, $5, $6, '{}', 1, now(), $7, now())`,
      [departementId, candidatureId, `CAND-${candidatureId}`, appelId, structureId, etat, utilisateurId, dispositif],
    );
    for (const territoireId of territoireIds) {
      await em.query('insert into sillage.candidature_territoire values ($1, $2, $3)', [
        departementId,
        candidatureId,
        territoireId,
      ]);
    }
    if (au === undefined) return;
    await em.query(
      `insert into sillage.convention (departement_id, id, numero, candidature_id, dispositif, structure_id, etat, du, au,
         montant_centimes, termes, plafond, cree_le, cree_par, modifie_le)
       values ($1, $2, $3, $4, $8, $5, 'SIGNEE', '2026-01-01', $6, 100, '{}', '{}', now(), $7, now())`,
      [departementId, conventionId, `CONV-${conventionId}`, candidatureId, structureId, au, utilisateurId, dispositif],
    );
    for (const territoireId of territoireIds) {
      await em.query('insert into sillage.convention_territoire values ($1, $2, $3)', [
        departementId,
        conventionId,
        territoireId,
      ]);
    }
    await em.query(
      `insert into sillage.versement (departement_id, id, numero, convention_id, dispositif, structure_id, tranche, sens,
         montant_centimes, explication, etat, propose_le)
       values ($1, $2, $3, $4, $6, $5, 'AVANCE', 'A_PAYER', 60, '{}', 'PROPOSE', now())`,
      [departementId, uuidv7(), `VERS-${conventionId}`, conventionId, structureId, dispositif],
    );
  });
  return { appelId, candidatureId, conventionId };
}
