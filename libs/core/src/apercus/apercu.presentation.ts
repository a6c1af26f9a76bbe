import type { Temporal } from '@sillage/kernel';
import type { ActivationEntity } from '../activations/index.js';
import { etatLe } from '../activations/activation.regles.js';
import { idOpaque } from '../api/index.js';
import type { Territoire } from '../territoires/index.js';
import type { AppelSitue } from './appel.situation.js';

/**
 * An object of the API, by its fields: rows that the preview finds by its own plans are shown so. Lists are read otherwise
 * (`@sillage/read`).
 */
export type Presente = Readonly<Record<string, unknown>>;

export function presenterTerritoire({ id, code, libelle }: Territoire): Presente {
  return { id: idOpaque('Territoire', id), code, libelle };
}

export function presenterAppel({ appel, territoires, ouvert }: AppelSitue): Presente {
  return {
    id: idOpaque('Appel', appel.id),
    dispositif: appel.dispositif,
    code: appel.code,
    libelle: appel.libelle,
    ouverture: appel.ouverture.toString(),
    cloture: appel.cloture.toString(),
    etat: appel.etat,
    ouvert,
    territoires: territoires.map(presenterTerritoire),
    creeLe: appel.creeLe.toString(),
    modifieLe: appel.modifieLe.toString(),
    publieLe: appel.publieLe?.toString() ?? null,
    presentation: appel.presentation,
  };
}

export function presenterActivation(
  activation: ActivationEntity,
  territoire: Territoire,
  maintenant: Temporal.Instant,
): Presente {
  return {
    id: idOpaque('Activation', activation.id),
    dispositif: activation.dispositif,
    territoire: presenterTerritoire(territoire),
    etat: etatLe(activation, maintenant),
    du: activation.du.toString(),
    au: activation.au?.toString() ?? null,
    enCours: activation.enCours,
    creeLe: activation.creeLe.toString(),
    modifieLe: activation.modifieLe.toString(),
  };
}
