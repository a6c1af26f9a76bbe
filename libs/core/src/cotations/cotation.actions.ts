import { type ContexteActeur, habilitationsQuiPermettent, peut } from '@sillage/access';
import { itemsDeGrille } from '@sillage/dispositif-kit';
import { aujourdhui, type Horloge, type Role } from '@sillage/kernel';
import type { CalculDeChamp } from '@sillage/read';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ACTION_INTERDITE, type ActionPossible, HORLOGE, presenterAction } from '../api/index.js';
import { Convention } from '../conventions/convention.entity.js';
import { Cotation } from './cotation.entity.js';
import { deciderGeste, type GesteCotation, GESTES_COTATION } from './cotation.policy.js';
import { type CotationSituee, SituationsCotation } from './cotation.situation.js';

/** The right that each gesture asks. */
export const DROITS_DES_GESTES = {
  RENSEIGNER: 'remettre',
  SOUMETTRE: 'remettre',
  NOTER: 'noter',
  PROPOSER: 'noter',
  OBSERVER: 'remettre',
  ARRETER: 'arreter',
  ROUVRIR: 'rouvrir',
} as const satisfies Record<GesteCotation, string>;

/** What the caller may do next on each cotation and, where not, why. */
@Injectable()
export class ActionsDeCotation implements CalculDeChamp {
  constructor(
    private readonly situations: SituationsCotation,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  async calculer(
    em: EntityManager,
    contexte: ContexteActeur,
    uuids: readonly string[],
  ): Promise<readonly ActionPossible[][]> {
    const { departementId } = contexte;
    const cotations = await em.findBy(Cotation, { departementId, id: In([...new Set(uuids)]) });
    const conventions = await em.findBy(Convention, { departementId, id: In(cotations.map((c) => c.conventionId)) });
    const situees = new Map((await this.situations.situer(em, conventions)).map((s) => [s.cotation?.id, s]));
    return uuids.map((uuid) => this.#actions(contexte, situees.get(uuid) as CotationSituee));
  }

  #actions(contexte: ContexteActeur, situee: CotationSituee): ActionPossible[] {
    const { utilisateurId } = contexte.acteur;
    return (Object.keys(GESTES_COTATION) as GesteCotation[]).map((geste) =>
      presenterAction(
        geste,
        gestePermis(contexte, geste, situee)
          ? deciderGeste(geste, situee.situation, utilisateurId, aujourdhui(this.horloge))
          : ACTION_INTERDITE,
      ),
    );
  }
}

export function gestePermis(contexte: ContexteActeur, geste: GesteCotation, situee: CotationSituee): boolean {
  if (!peut(contexte, DROITS_DES_GESTES[geste], 'Cotation', situee.objet)) return false;
  return geste === 'NOTER' || geste === 'PROPOSER' ? itemsNotables(contexte, situee).size > 0 : true;
}

/** The items that the caller's roles score, there (AMB-078). */
export function itemsNotables(contexte: ContexteActeur, { grille, objet }: CotationSituee): ReadonlySet<string> {
  const roles = new Set<Role>(habilitationsQuiPermettent(contexte, 'noter', 'Cotation', objet).map(({ role }) => role));
  const items = grille ? itemsDeGrille(grille) : [];
  return new Set(items.filter(({ notateurs }) => notateurs.some((role) => roles.has(role))).map(({ code }) => code));
}
