import { definirJob, RegistreJobs } from '@sillage/jobs';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { ConservationService } from './conservation.service.js';

const proposerLaConservation = definirJob({
  nom: 'jeunes.conserver',
  file: 'jeunes',
  charge: z.strictObject({}),
});

/** In Paris, after the verification of the journal. */
const HEURE = 3;

/** Every night, what the durations of conservation ask: it proposes, a person confirms (AMB-165). */
@Injectable()
export class ConservationNocturne implements OnModuleInit {
  readonly #log = new Logger('Conservation');

  constructor(
    private readonly jobs: RegistreJobs,
    private readonly service: ConservationService,
  ) {}

  onModuleInit(): void {
    this.jobs.declarerQuotidien(
      proposerLaConservation,
      HEURE,
      async (em, _charge, { departementId }) => {
        const faites = await this.service.proposerTous(em, departementId);
        if (faites > 0) this.#log.log(`${departementId} : ${faites} proposition(s) de conservation attendent un visa`);
      },
      'jeunes',
    );
  }
}
