import { type ContexteActeur, exigerDroit, Habilitations, UtilisateurEntity } from '@sillage/access';
import { aujourdhui, type DateCivile, type Horloge, Refus, type Role } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { lireTerritoires } from '../activations/index.js';
import { HORLOGE } from '../api/horloge.provider.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { lireId } from '../api/index.js';
import { DispositifService } from '../dispositifs/index.js';
import { JournalService } from '../journal/index.js';
import { TerritoireService } from '../territoires/index.js';

export interface DemandeAccorder {
  iss: string;
  sub: string;
  libelle: string;
  role: Role;
  /** Opaque. */
  structureId: string | null;
  /** Codes or names. */
  territoires: readonly string[];
  /** Codes; empty for all. */
  dispositifs: readonly string[];
  /** Null: today. */
  du: DateCivile | null;
  au: DateCivile | null;
}

/** Grants and revokes, for the administrator; gateways obey within 60 s (TRANS-29). */
@Injectable()
export class AdministrationHabilitations {
  constructor(
    private readonly habilitations: Habilitations,
    private readonly territoires: TerritoireService,
    private readonly dispositifs: DispositifService,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Makes the user known if they are not. @returns the habilitation's id @throws Refus with every fault of the demand */
  async accorder(em: EntityManager, contexte: ContexteActeur, demande: DemandeAccorder): Promise<string> {
    exigerDroit(contexte, 'habiliter', 'Habilitation', {});
    const { role, du, au } = demande;
    const structureId =
      demande.structureId === null ? null : lireId('Structure', demande.structureId, ['input', 'structureId']);
    const territoires =
      demande.territoires.length === 0
        ? []
        : await lireTerritoires(this.territoires, em, contexte, demande.territoires, ['input', 'territoires']);
    for (const [rang, code] of demande.dispositifs.entries()) {
      this.dispositifs.exiger(contexte, code, ['input', 'dispositifs', String(rang)]);
    }
    const utilisateurId = await this.connaitre(em, contexte, demande);
    const accordee = await dansLaDemande(() =>
      this.habilitations.accorder(em, auteur(contexte), {
        utilisateurId,
        role,
        structureId,
        territoireIds: territoires.map(({ id }) => id),
        dispositifs: demande.dispositifs,
        du: du ?? aujourdhui(this.horloge),
        au,
      }),
    );
    await this.journal.ecrire(em, contexte, {
      action: 'HABILITATION_ACCORDER',
      objetType: 'Habilitation',
      objetId: accordee.id,
      regles: ['TRANS-29'],
      details: {
        utilisateurId,
        role,
        structureId,
        territoires: territoires.map(({ code }) => code),
        dispositifs: accordee.dispositifs,
        du: accordee.du.toString(),
        au: accordee.au?.toString() ?? null,
      },
    });
    return accordee.id;
  }

  /** @returns its id @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE */
  async revoquer(
    em: EntityManager,
    contexte: ContexteActeur,
    { id, motif }: { id: string; motif: string },
  ): Promise<string> {
    exigerDroit(contexte, 'habiliter', 'Habilitation', {});
    const { role } = await dansLaDemande(() => this.habilitations.revoquer(em, auteur(contexte), id));
    await this.journal.ecrire(em, contexte, {
      action: 'HABILITATION_REVOQUER',
      objetType: 'Habilitation',
      objetId: id,
      regles: ['TRANS-29'],
      details: { role, motif },
    });
    return id;
  }

  /** The user known by (iss, sub), made known if need be; two administrators at the same time make one. */
  private async connaitre(
    em: EntityManager,
    contexte: ContexteActeur,
    { iss, sub, libelle }: DemandeAccorder,
  ): Promise<string> {
    const { departementId } = contexte;
    const [cree] = await insererSiLibre(em, UtilisateurEntity, [
      {
        departementId,
        id: uuidv7(),
        iss,
        sub,
        libelle,
        creeLe: new Date(this.horloge.maintenant().epochMilliseconds),
      },
    ]);
    if (cree === undefined) return (await em.findOneByOrFail(UtilisateurEntity, { departementId, iss, sub })).id;
    exigerDroit(contexte, 'creer', 'Utilisateur', {});
    await this.journal.ecrire(em, contexte, {
      action: 'UTILISATEUR_CREER',
      objetType: 'Utilisateur',
      objetId: cree,
      regles: ['TRANS-29'],
    });
    return cree;
  }
}

function auteur({ departementId, acteur }: ContexteActeur): { departementId: string; utilisateurId: string } {
  return { departementId, utilisateurId: acteur.utilisateurId };
}

/** The floor below names its own fields: errors point at those of our request. */
const CHAMPS: Readonly<Record<string, string>> = {
  utilisateurId: 'sub',
  territoireIds: 'territoires',
  habilitationId: 'id',
};

async function dansLaDemande<T>(demande: () => Promise<T>): Promise<T> {
  try {
    return await demande();
  } catch (erreur) {
    if (!(erreur instanceof Refus)) throw erreur;
    throw new Refus(
      erreur.erreurs.map(({ path, ...e }) => ({ ...e, path: ['input', ...path.map((c) => CHAMPS[c] ?? c)] })),
    );
  }
}
