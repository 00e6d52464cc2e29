def show(:
    pass
