import { RegistreDispositifs } from '@sillage/dispositif-kit';
import { definirJob, RegistreJobs } from '@sillage/jobs';
import { aujourdhui, dateCivile, dateEnFrancais, type DateCivile, type Horloge } from '@sillage/kernel';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { HORLOGE } from '../api/index.js';
import { ParametreService } from '../parametres/index.js';
import { type AEcrire, MessagesCandidature } from './messages-candidature.js';

const rappelerLesClotures = definirJob({
  nom: 'candidatures.rappeler',
  file: 'candidatures',
  charge: z.strictObject({}),
});

/** In Paris: before offices open. */
const HEURE = 6;
const PAGE = 500;

interface Inachevee {
  id: string;
  etat: 'BROUILLON' | 'DEPOSEE';
  dispositif: string;
  appelId: string;
  appel: string;
  cloture: string;
}

/** Every morning, tells the porteurs whose draft is not deposited, or whose deposit is not validated, that the appel closes soon (TRANS-20). */
@Injectable()
export class RappelDeCloture implements OnModuleInit {
  readonly #log = new Logger('Candidatures');

  constructor(
    private readonly jobs: RegistreJobs,
    private readonly registre: RegistreDispositifs,
    private readonly parametres: ParametreService,
    private readonly messages: MessagesCandidature,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarerQuotidien(
      rappelerLesClotures,
      HEURE,
      async (em, _charge, { departementId }) => {
        const ecrits = await this.rappelerTous(em, departementId);
        if (ecrits > 0) this.#log.log(`${departementId} : ${ecrits} rappel(s) avant clôture`);
      },
      'candidatures',
    );
  }

  /** Once a candidature, a closing and a state: what was deposited since is told again that it is not validated. @returns how many */
  async rappelerTous(em: EntityManager, departementId: string): Promise<number> {
    const jour = aujourdhui(this.horloge);
    let ecrits = 0;
    for (let apres: string | null = null; ;) {
      const page: readonly Inachevee[] = await em.query<Inachevee[]>(
        `select c.id, c.etat, c.dispositif, c.appel_id as "appelId", a.libelle as appel, a.cloture::text as cloture
           from sillage.candidature c join sillage.appel a on a.departement_id = c.departement_id and a.id = c.appel_id
          where c.departement_id = $1 and c.etat in ('BROUILLON', 'DEPOSEE') and a.etat = 'PUBLIE' and a.cloture >= $2::date
            and ($3::uuid is null or c.id > $3) order by c.id limit ${PAGE}`,
        [departementId, jour.toString(), apres],
      );
      if (page.length === 0) return ecrits;
      const dus = await this.#dus(em, departementId, jour, page);
      ecrits += await this.messages.ecrire(em, departementId, dus);
      apres = page.at(-1)?.id ?? null;
    }
  }

  /** The parameter is the appel's: its window is one for all its territories. */
  async #dus(
    em: EntityManager,
    departementId: string,
    jour: DateCivile,
    page: readonly Inachevee[],
  ): Promise<AEcrire[]> {
    const suivies = page.flatMap((candidature) => {
      const dispositif = this.registre.trouver(candidature.dispositif);
      return dispositif === undefined ? [] : [{ candidature, dispositif }];
    });
    const demandes = suivies.map(({ candidature: { appelId }, dispositif }) => ({
      dispositif,
      date: jour,
      dossier: { appelId },
    }));
    const resolus = await this.parametres.resoudreTous(em, departementId, demandes);
    return suivies.flatMap(({ candidature }, rang) => {
      const jours = resolus[rang]?.['rappelAvantCloture']?.valeur as number;
      const reste = jour.until(dateCivile(candidature.cloture)).days;
      return reste > jours ? [] : [rappel(candidature)];
    });
  }
}

function rappel({ id, etat, appel, cloture }: Inachevee): AEcrire {
  const fin = dateEnFrancais(dateCivile(cloture));
  const reste =
    etat === 'BROUILLON'
      ? 'Cette candidature est en brouillon : déposez-la, puis validez-la d’ici là.'
      : 'Cette candidature est déposée, mais pas validée : validez-la d’ici là.';
  return {
    candidatureId: id,
    destinataire: 'PORTEUR',
    nature: 'CLOTURE_PROCHE',
    cle: `${cloture} ${etat}`,
    texte: `« ${appel} » ferme le ${fin} à 23 h 59 min 59 s, heure de Paris, sans report. ${reste}`,
    regle: 'AMB-044',
  };
}
