/** What this page needs, where it is opened from a web host: the server beside a folder of runs. */
export const NotServed = () => (
  <section class="figure" aria-label="How to see runs">
    <h2>This page shows the trainings of your own computer</h2>
    <p>
      It needs a server beside a folder of runs, which this host is not. With Node 22.12 or newer,
      in a folder of your own:
    </p>
    <pre class="log">npx ondelette studio runs</pre>
    <p>
      Then open the address that it prints: there this page lists the runs, draws their curves and
      samples while they are trained, and starts, stops and resumes them. The server answers on your
      machine alone.
    </p>
  </section>
);
