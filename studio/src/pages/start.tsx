import { pageNames, pages } from "../pages.ts";

/** What there is to see. */
export function Start() {
  return (
    <>
      <h1>ondelette studio</h1>
      <p class="lead">
        Wavelets, pictures, sequences and fields to see, touch and train. Everything is computed in
        this browser; nothing that you open here leaves your computer.
      </p>
      <ul class="cards">
        {pageNames.map((name) => (
          <li key={name}>
            <a href={`#/${name}`}>
              <strong>{pages[name].title}</strong>
              <span>{pages[name].about}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
