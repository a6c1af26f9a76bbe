import { SillageReadModule, TemoinDesLectures } from '@sillage/read';
import { Global, Module } from '@nestjs/common';
import { JournalDesLectures } from './journal-des-lectures.js';
import { racinesJournal } from './journal.lu.js';
import { JournalService } from './journal.service.js';
import { PurgeDesLectures } from './purge-des-lectures.js';
import { VerificationNocturne } from './verification-nocturne.js';

/** Every capability writes in the journal; every reading of what names young people is kept there too. */
@Global()
@Module({
  imports: [SillageReadModule.forFeature({ racines: racinesJournal })],
  providers: [
    JournalService,
    VerificationNocturne,
    PurgeDesLectures,
    { provide: TemoinDesLectures, useClass: JournalDesLectures },
  ],
  exports: [JournalService, TemoinDesLectures],
})
export class JournalModule {}
