import { RegistreDispositifs } from '@sillage/dispositif-kit';
import { type Decision, exiger, type Horloge, non } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { HORLOGE } from '../api/horloge.provider.js';
import { Territoire } from '../territoires/territoire.entity.js';
import { ActivationEntity } from './activation.entity.js';
import { deciderActivation, type Geste, type TerritoireActive } from './activation.regles.js';

/** A gesture on some territories of a dispositif; see `Geste`. */
export type DemandeActivation = { dispositif: string; territoireIds: readonly string[] } & Geste;

/** The gate of every dispositif: resolvers and jobs ask it before they write. */
@Injectable()
export class ActivationService {
  constructor(
    private readonly registre: RegistreDispositifs,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * Whether the gesture is possible now on every territory (TRANS-01). NON names the territories where it is not.
   * @param path where the refusal points in the request
   */
  async decider(
    em: EntityManager,
    departementId: string,
    demande: DemandeActivation,
    path: string[] = [],
  ): Promise<Decision> {
    const [decision] = await this.deciderTous(em, departementId, [demande], path);
    return decision as Decision;
  }

  /** The same for several gestures, in their order: two statements whatever their count. */
  async deciderTous(
    em: EntityManager,
    departementId: string,
    demandes: readonly DemandeActivation[],
    path: string[] = [],
  ): Promise<Decision[]> {
    const maintenant = this.horloge.maintenant();
    const territoiresDe = await lireTerritoires(em, departementId, demandes);
    return demandes.map((demande) => {
      const dispositif = this.registre.trouver(demande.dispositif);
      if (dispositif === undefined) return non({ ...inconnu(demande.dispositif), chemin: path });
      return deciderActivation(dispositif.libelle, territoiresDe(demande), demande, maintenant, path);
    });
  }

  /** Goes on only when the gesture is possible. @throws Refus DISPOSITIF_INACTIF, DISPOSITIF_INCONNU */
  async exiger(em: EntityManager, departementId: string, demande: DemandeActivation, path?: string[]): Promise<void> {
    exiger(await this.decider(em, departementId, demande, path));
  }
}

async function lireTerritoires(
  em: EntityManager,
  departementId: string,
  demandes: readonly DemandeActivation[],
): Promise<(demande: DemandeActivation) => TerritoireActive[]> {
  const territoireId = In([...new Set(demandes.flatMap(({ territoireIds }) => territoireIds))]);
  const dispositif = In([...new Set(demandes.map((demande) => demande.dispositif))]);
  const territoires = await em.findBy(Territoire, { departementId, id: territoireId });
  const activations = await em.findBy(ActivationEntity, { departementId, dispositif, territoireId });
  return (demande) =>
    [...new Set(demande.territoireIds)].map((id) => ({
      libelle: territoires.find((territoire) => territoire.id === id)?.libelle ?? 'territoire inconnu',
      activations: activations.filter((a) => a.dispositif === demande.dispositif && a.territoireId === id),
    }));
}

function inconnu(dispositif: string) {
  return {
    code: 'DISPOSITIF_INCONNU',
    message: `Aucun dispositif installé ne porte le code « ${dispositif} ».`,
    regle: 'TRANS-01',
  } as const;
}
