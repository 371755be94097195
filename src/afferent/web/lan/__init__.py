"""HTTPS on the local network: an authority of this machine's own, a page to trust it by, and a server on its addresses.

    addresses.py, interfaces.py   the private addresses of this machine, found without sending anything
    authority.py                  who vouches for them: makes and reads it, issues the server's certificate
    folder.py, kept.py            where it is kept, and that nobody else may read it
    listening.py                  sockets on those addresses and on no others
    install.py, install_page.py   over plain HTTP: the authority's certificate, and how to trust it
    told.py                       what the terminal says
    serve.py                      all of it together

Browsers keep the screen awake, and keep answers while the network is away, only over HTTPS. `afferent serve --lan`.
"""
